using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing.Generations;
using PolicyLayer.Sdk.Parsing.Reading;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Checks a whole document in one pass (policy format, section 1); what it accepts, it understands.</summary>
internal static class PolicyChecker
{
    /// <summary>Reads and checks a document.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="bounds">How large it may be.</param>
    /// <param name="diagnostics">Receives everything that is wrong.</param>
    /// <returns>The document, to be used only when nothing was reported.</returns>
    public static PolicyDocument? Check(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics) =>
        CheckEntryByEntry(utf8, bounds, diagnostics) ?? CheckWhole(utf8, bounds, diagnostics);

    /// <summary>Reads all of a document and then checks it; finds everything that is wrong.</summary>
    internal static PolicyDocument? CheckWhole(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics) =>
        Read(utf8, bounds, diagnostics, out _) is { } root ? Check(root, bounds.MaxEntries, Entries(bounds, new PatternBudget(utf8.Length, diagnostics), diagnostics), [], diagnostics) : null;

    /// <summary>Reads and checks a document without ever holding all of it; null, and nothing said, where it has any mistake or is of an older generation.</summary>
    internal static PolicyDocument? CheckEntryByEntry(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics)
    {
        var unsaid = new DiagnosticBag(string.Empty);
        EntryChecker entries = Entries(bounds, new PatternBudget(0, unsaid), unsaid);
        var stream = new EntryStream(bounds, entries, unsaid);
        if (DocumentReader.Read(WithoutMark(utf8), bounds, unsaid, stream) is not { } root || GenerationReader.Read(root, unsaid, out Generation generation) != root || generation != Generation.PolicyLayer)
        {
            return null;
        }

        PolicyDocument? document = Check(root, bounds.MaxEntries, entries, stream.Tools, unsaid);
        diagnostics.Positions ??= unsaid.Positions;
        return unsaid.IsEmpty ? document : null;
    }

    /// <summary>Reads a document of any generation into the form of this one.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="bounds">How large it may be.</param>
    /// <param name="diagnostics">Receives everything that is wrong.</param>
    /// <param name="generation">Of which generation it is.</param>
    /// <returns>The document's root, or null when it is no JSON document within the bounds.</returns>
    public static DocumentNode? Read(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics, out Generation generation)
    {
        generation = Generation.PolicyLayer;
        DocumentNode? root = DocumentReader.Read(WithoutMark(utf8), bounds, diagnostics);
        return root is null ? null : GenerationReader.Read(root, diagnostics, out generation);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    private static EntryChecker Entries(PolicyBounds bounds, PatternBudget patterns, DiagnosticBag diagnostics) =>
        new(bounds, patterns, new PathPool(), diagnostics);

    /// <summary>Checks a document in the form of this generation.</summary>
    private static PolicyDocument? Check(DocumentNode root, int maxEntries, EntryChecker entries, List<CompiledEntry> tools, DiagnosticBag diagnostics)
    {
        if (root.Kind != JsonValueKind.Object)
        {
            diagnostics.Error(DiagnosticCodes.WrongType, root, $"a policy is an object, not {Kinds.WithArticle(root.Kind)}");
            return null;
        }

        if (diagnostics.HasErrorOf(DiagnosticCodes.MixedGenerations))
        {
            // Every rule of the older form would be an error of its own.
            return null;
        }

        root.OnlyMembers(diagnostics, Members.OfDocument);
        root.Required("version", diagnostics, "\"version\": \"1\"").OneOf(diagnostics, ["1"]);
        string? fallback = root.Required("default", diagnostics, "\"default\": \"deny\"").OneOf(diagnostics, ["allow", "deny"]);
        CompiledEntry? allTools = root.Find("all_tools") is { } every ? entries.Check(every, null) : null;
        CheckTools(root, maxEntries, entries, tools, diagnostics);
        return new PolicyDocument(fallback == "allow", Hidden(root, maxEntries, diagnostics), allTools, tools);
    }

    private static List<ToolPattern> Hidden(DocumentNode root, int maxEntries, DiagnosticBag diagnostics)
    {
        var hidden = new List<ToolPattern>();
        DocumentNode[] elements = root.Find("hide").Elements(diagnostics);
        if (IsTooLong(root.Find("hide"), maxEntries, diagnostics))
        {
            return hidden;
        }

        foreach (DocumentNode element in elements)
        {
            if (element.Is(JsonValueKind.String, diagnostics) && IsPattern(element.Text!, element, diagnostics))
            {
                hidden.Add(new ToolPattern(element.Text!));
            }
        }

        return hidden;
    }

    private static void CheckTools(DocumentNode root, int maxEntries, EntryChecker entries, List<CompiledEntry> tools, DiagnosticBag diagnostics)
    {
        if (root.Find("tools") is not { } node || !node.Is(JsonValueKind.Object, diagnostics) || IsTooLong(node, maxEntries, diagnostics))
        {
            return;
        }

        foreach (DocumentNode tool in node.Children)
        {
            if (diagnostics.IsFull)
            {
                break;
            }

            if (IsPattern(tool.Name!, tool, diagnostics) && entries.Check(tool, new ToolPattern(tool.Name!)) is { } entry)
            {
                tools.Add(entry);
            }
        }
    }

    private static bool IsTooLong(DocumentNode? node, int maxEntries, DiagnosticBag diagnostics)
    {
        if (node is null || node.Children.Length <= maxEntries)
        {
            return false;
        }

        diagnostics.Error(DiagnosticCodes.TooMany, node, string.Create(CultureInfo.InvariantCulture, $"`{node.Name}` has more than {maxEntries} entries; a glob such as `list_*` stands for many"));
        return true;
    }

    public static bool IsPattern(string pattern, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (!string.IsNullOrWhiteSpace(pattern) && !pattern.Any(char.IsControl) && pattern.Trim().Length == pattern.Length)
        {
            return true;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, "a tool pattern must not be empty, nor hold control characters, nor begin or end with white space");
        return false;
    }
}

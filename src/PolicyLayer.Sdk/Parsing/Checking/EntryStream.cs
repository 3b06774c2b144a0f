using System.Text.Json;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Checks the entries of <c>tools</c> while the document is still being read, so that the nodes of one are gone before the next.</summary>
/// <remarks>Only for a document without mistakes, of this generation: at the first doubt it gives up, and whoever asked reads the document as a whole.</remarks>
internal sealed class EntryStream(PolicyBounds bounds, EntryChecker entries, DiagnosticBag diagnostics)
{
    /// <summary>In bytes. What is wrong in a larger one, or in many patterns, is dear to find, and would be looked for twice.</summary>
    private const int LargestEntry = 64 * 1024;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What was checked.</summary>
    public List<CompiledEntry> Tools { get; } = [];

    /// <summary>Whether nothing of this is to be believed.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Takes an object that was read to its end, where it is an entry.</summary>
    /// <param name="node">The object.</param>
    /// <param name="end">Where it ends.</param>
    /// <returns>Whether it was one; nobody else needs it then.</returns>
    public bool Take(DocumentNode node, int end)
    {
        if (node.Parent is not { Name: "tools", Kind: JsonValueKind.Object, Parent: { Parent: null, Kind: JsonValueKind.Object } })
        {
            return false;
        }

        if (!IsGivenUp && IsOurs(node) && end - node.NameOffset <= LargestEntry
            && PolicyChecker.IsPattern(node.Name!, node, diagnostics)
            && entries.Check(node, new ToolPattern(node.Name!)) is { } entry
            && !diagnostics.HasErrors)
        {
            Tools.Add(entry);
            return true;
        }

        IsGivenUp = true;
        return true;
    }

    private bool IsOurs(DocumentNode node) =>
        node.Kind == JsonValueKind.Object && node.Find("rules") is null && node.Find("spend") is null
        && _names.Count < bounds.MaxEntries && _names.Add(node.Name!);
}

using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Questions that every part of the checker asks of a node; a wrong answer is reported.</summary>
internal static class NodeChecks
{
    /// <summary>Whether a member says nothing to the policy, wherever it stands.</summary>
    public static bool IsIgnored(string name) => name is "$schema" or "description" || name.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>Whether the node is of a kind.</summary>
    public static bool Is(this DocumentNode node, JsonValueKind kind, DiagnosticBag diagnostics)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        string what = node.Name is null ? "this" : $"`{node.Name}`";
        diagnostics.Error(DiagnosticCodes.WrongType, node, $"{what} must be {Kinds.WithArticle(kind)}, not {Kinds.WithArticle(node.Kind)}");
        return false;
    }

    /// <summary>A string that says something, or null.</summary>
    public static string? NonEmptyText(this DocumentNode? node, DiagnosticBag diagnostics)
    {
        if (node is null || !node.Is(JsonValueKind.String, diagnostics))
        {
            return null;
        }

        if (!string.IsNullOrWhiteSpace(node.Text))
        {
            return node.Text;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`{node.Name}` must not be empty");
        return null;
    }

    /// <summary>One of a few words, or null.</summary>
    public static string? OneOf(this DocumentNode? node, DiagnosticBag diagnostics, IReadOnlyCollection<string> words)
    {
        if (node is null || !node.Is(JsonValueKind.String, diagnostics))
        {
            return null;
        }

        if (words.Contains(node.Text!))
        {
            return node.Text;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`{node.Text}` is not a value of `{node.Name}`{NearestName.Hint(node.Text!, words)}");
        return null;
    }

    /// <summary>The elements of a list; none when it is no list.</summary>
    public static DocumentNode[] Elements(this DocumentNode? node, DiagnosticBag diagnostics) =>
        node is not null && node.Is(JsonValueKind.Array, diagnostics) ? node.Children : [];

    /// <summary>Reports every member that is none of the known ones.</summary>
    /// <param name="node">An object.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="known">The known ones.</param>
    public static void OnlyMembers(this DocumentNode node, DiagnosticBag diagnostics, string[] known)
    {
        foreach (DocumentNode member in node.Children)
        {
            if (diagnostics.IsFull)
            {
                return;
            }

            string name = member.Name!;
            if (Array.IndexOf(known, name) >= 0 || IsIgnored(name))
            {
                continue;
            }

            diagnostics.Error(DiagnosticCodes.UnknownMember, member, $"unknown member `{name}`{NearestName.Hint(name, known)}");
        }
    }

    /// <summary>A member that must be there.</summary>
    public static DocumentNode? Required(this DocumentNode node, string member, DiagnosticBag diagnostics, string example)
    {
        DocumentNode? found = node.Find(member);
        if (found is null)
        {
            diagnostics.Error(DiagnosticCodes.MissingMember, node, $"`{member}` is missing; write for example `{example}`");
        }

        return found;
    }
}

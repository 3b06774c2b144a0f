using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>Tells of which generation a document is, and turns an older one into ours.</summary>
internal static class GenerationReader
{
    private static readonly string[] OursInEntries = ["require", "deny_if", "limits", "require_approval", "arguments", "reason", "rate_limit", "action"];

    /// <summary>Answers the document in our form; the same nodes where it is in it already.</summary>
    /// <param name="root">The document.</param>
    /// <param name="diagnostics">Receives what cannot be translated, and notes on what changes.</param>
    /// <param name="generation">Of which generation it is.</param>
    public static DocumentNode Read(DocumentNode root, DiagnosticBag diagnostics, out Generation generation)
    {
        generation = Generation.PolicyLayer;
        if (root.Kind != JsonValueKind.Object || root.IsUnreadable)
        {
            return root;
        }

        if (IsFragment(root))
        {
            generation = Generation.CatalogueFragment;
            diagnostics.Note(DiagnosticCodes.WrappedFragment, root, "a list of tools without a `version`: read as the `tools` of a policy with `\"default\": \"deny\"`");
            return new InterceptImporter(diagnostics).Fragment(root);
        }

        DocumentNode[] entries = root.Find("tools") is { Kind: JsonValueKind.Object } tools ? tools.Children : [];
        DocumentNode? theirs = root.Find("approvals") ?? entries.Select(static entry => entry.Find("rules") ?? entry.Find("spend")).FirstOrDefault(static member => member is not null);
        if (theirs is null)
        {
            return root;
        }

        generation = Generation.Intercept;
        DocumentNode? ours = root.Find("all_tools") ?? entries.SelectMany(static entry => entry.Children).FirstOrDefault(static member => OursInEntries.Contains(member.Name, StringComparer.Ordinal));
        if (ours is null)
        {
            return new InterceptImporter(diagnostics).Document(root);
        }

        diagnostics.Error(DiagnosticCodes.MixedGenerations, ours, $"`{ours.Name}` belongs to a newer form of the document than the `{theirs.Name}` in it; write all of it in the newer form (`policylayer migrate` translates what is all in the older one)");
        return root;
    }

    /// <summary>Whether the top level is tool names: objects only, and no member of a policy.</summary>
    private static bool IsFragment(DocumentNode root)
    {
        DocumentNode[] named = [.. root.Children.Where(static member => !NodeChecks.IsIgnored(member.Name!))];
        return named.Length > 0 && Array.TrueForAll(named, static member => member.Kind == JsonValueKind.Object && LooksLikeAnEntry(member) && !Members.OfDocument.Contains(member.Name, StringComparer.Ordinal));
    }

    private static bool LooksLikeAnEntry(DocumentNode node) =>
        node.Children.Length == 0 || Array.Exists(node.Children, static member => member.Name == "rules" || Members.OfEntry.Contains(member.Name, StringComparer.Ordinal));
}

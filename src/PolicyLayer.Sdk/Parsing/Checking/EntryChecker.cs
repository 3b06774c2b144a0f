using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing.Limits;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Checks the entries of one document.</summary>
internal sealed class EntryChecker(PolicyBounds bounds, PatternBudget patterns, PathPool paths, DiagnosticBag diagnostics)
{
    private static readonly string[] Actions = ["allow", "deny", "require_approval"];

    private readonly LimitChecker _limits = new(paths, diagnostics);

    /// <summary>Checks an entry of <c>tools</c>, or <c>all_tools</c>.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="pattern">Its pattern; null for <c>all_tools</c>.</param>
    public CompiledEntry? Check(DocumentNode node, ToolPattern? pattern)
    {
        if (!node.Is(JsonValueKind.Object, diagnostics))
        {
            return null;
        }

        node.OnlyMembers(diagnostics, Members.OfEntry);
        string pointer = node.Pointer;
        string? reason = node.Find("reason").NonEmptyText(diagnostics);
        string? action = node.Find("action").OneOf(diagnostics, Actions);
        if (reason is not null && action is null or "allow")
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, node.Find("reason")!, "`reason` explains an `action`; it needs `\"action\": \"deny\"` or `\"action\": \"require_approval\"` beside it");
        }

        var rules = new RuleChecker(bounds, patterns, paths, diagnostics);
        var actionReference = new RuleReference(pointer, "action", reason);
        CompiledApprovalRule[] approvals = rules.CheckApprovals(node.Find("require_approval"));
        return new CompiledEntry(
            pattern,
            action == "deny" ? actionReference : null,
            Schema(node.Find("arguments"), pointer),
            rules.Check(node.Find("require"), truthPasses: true),
            rules.Check(node.Find("deny_if"), truthPasses: false),
            action == "require_approval" ? [RuleChecker.AlwaysAsk(actionReference), .. approvals] : approvals,
            _limits.Check(node));
    }

    private CompiledSchema? Schema(DocumentNode? node, string pointer)
    {
        if (node is null || node.IsUnreadable)
        {
            return null;
        }

        if (node.Kind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            diagnostics.Error(DiagnosticCodes.WrongType, node, $"`arguments` must be a JSON Schema, not {Kinds.WithArticle(node.Kind)}");
            return null;
        }

        if (patterns.IsSpent)
        {
            return null;
        }

        bool isSchema = JsonSchema.TryCompile(node.ToElement(), null, out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors, out int patternSize);
        patterns.Spend(patternSize, node);
        DiagnosticBag bag = diagnostics;
        foreach (JsonSchemaError error in errors.TakeWhile(_ => !bag.IsFull))
        {
            diagnostics.Error(DiagnosticCodes.InvalidSchema, Locate(node, error.SchemaPointer), error.Message);
        }

        return isSchema ? new CompiledSchema(new RuleReference(pointer, "arguments"), schema!) : null;
    }

    /// <summary>The node that a pointer into the schema means, or the nearest around it.</summary>
    private static DocumentNode Locate(DocumentNode schema, string pointer)
    {
        DocumentNode node = schema;
        foreach (string token in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            DocumentNode? next = node.Kind == JsonValueKind.Array && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < node.Children.Length
                ? node.Children[index]
                : node.Find(token);
            if (next is null)
            {
                break;
            }

            node = next;
        }

        return node;
    }
}

using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Checks the entries of one document.</summary>
internal ref struct EntryChecker(ReadOnlySpan<byte> text, DiagnosticBag diagnostics)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly LimitChecker _limits = new(diagnostics);

    /// <summary>Checks an entry of <c>tools</c>, or <c>all_tools</c>.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="pattern">Its pattern; null for <c>all_tools</c>.</param>
    public readonly CompiledEntry? Check(DocumentNode node, ToolPattern? pattern)
    {
        if (!node.Is(JsonValueKind.Object, diagnostics))
        {
            return null;
        }

        node.OnlyMembers(diagnostics, ["action", "reason", "arguments", "require", "deny_if", "limits"], "require_approval", "rate_limit", "rules");
        string pointer = node.Pointer;
        string? reason = node.Find("reason").NonEmptyText(diagnostics);
        string? action = node.Find("action").OneOf(diagnostics, ["allow", "deny"], "require_approval", "evaluate");
        if (reason is not null && action != "deny")
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, node.Find("reason")!, "`reason` explains an `action`; it needs `\"action\": \"deny\"` beside it");
        }

        var rules = new RuleChecker(_text, diagnostics);
        return new CompiledEntry(
            pattern,
            action == "deny" ? new RuleReference(pointer + "/action", reason) : null,
            Schema(node.Find("arguments"), pointer),
            rules.Check(node.Find("require")),
            rules.Check(node.Find("deny_if")),
            _limits.Check(node.Find("limits")));
    }

    private readonly CompiledSchema? Schema(DocumentNode? node, string pointer)
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

        try
        {
            return new CompiledSchema(new RuleReference(pointer + "/arguments"), JsonSchema.Compile(JsonElement.Parse(_text[node.Offset..node.End])));
        }
        catch (JsonSchemaException e)
        {
            DiagnosticBag bag = diagnostics;
            foreach (JsonSchemaError error in e.Errors.TakeWhile(_ => !bag.IsFull))
            {
                diagnostics.Error(DiagnosticCodes.InvalidSchema, Locate(node, error.SchemaPointer), error.Message);
            }

            return null;
        }
    }

    /// <summary>The node that a pointer into the schema means, or the nearest around it.</summary>
    private static DocumentNode Locate(DocumentNode schema, string pointer)
    {
        DocumentNode node = schema;
        foreach (string token in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            DocumentNode? next = node.Kind == JsonValueKind.Array && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < node.Children.Count
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

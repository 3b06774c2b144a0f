using System.Text.Json;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds members of <c>arguments</c> with a bound on values of one type, and no word of other types, which the bound does not judge.</summary>
internal static class TypeLints
{
    private static readonly (string Keyword, string Type)[] Bounds =
    [
        ("maximum", "number"), ("exclusiveMaximum", "number"), ("minimum", "number"), ("exclusiveMinimum", "number"), ("multipleOf", "number"),
        ("maxLength", "string"), ("minLength", "string"), ("pattern", "string"),
        ("maxItems", "array"), ("minItems", "array"),
    ];

    /// <summary>What says of which type a value is.</summary>
    private static readonly string[] Types = ["type", "enum", "const"];

    /// <summary>What may say it elsewhere, of a value and of its members.</summary>
    private static readonly string[] Elsewhere = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if"];

    /// <param name="entry">An entry.</param>
    /// <param name="schemas">The schemas of its arguments.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Lint(DocumentNode entry, ArgumentSchemas schemas, DiagnosticBag diagnostics)
    {
        // Where there is a schema of the tool's own, it is the one that tells types.
        if (schemas.All.Count == 1 && entry.Find("arguments") is { Kind: JsonValueKind.Object } arguments)
        {
            LintMembers(arguments, diagnostics);
        }
    }

    private static void LintMembers(DocumentNode schema, DiagnosticBag diagnostics)
    {
        if (Has(schema, Elsewhere))
        {
            return;
        }

        foreach (DocumentNode member in schema.Find("properties") is { Kind: JsonValueKind.Object } properties ? properties.Children : [])
        {
            if (member.Kind != JsonValueKind.Object)
            {
                continue;
            }

            if (!Has(member, Types) && !Has(member, Elsewhere) && Bounds.FirstOrDefault(bound => member.Find(bound.Keyword) is not null) is { Keyword: { } found } known)
            {
                diagnostics.Warning(DiagnosticCodes.NoType, member.Find(found)!, $"`{found}` judges {(known.Type == "array" ? "lists" : known.Type + "s")} alone, and `{member.Name}` of any other type passes; write `\"type\": \"{known.Type}\"` beside it");
            }

            LintMembers(member, diagnostics);
        }
    }

    private static bool Has(DocumentNode schema, string[] keywords) => Array.Exists(keywords, keyword => schema.Find(keyword) is not null);
}

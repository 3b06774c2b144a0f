using System.Globalization;
using System.Text;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks;

/// <summary>Policies and calls as they look in practice.</summary>
internal static class BenchmarkPolicies
{
    public const string Tool = "create_charge_50";

    public const string Arguments = """{ "currency": "usd", "amount": 4200, "customer": "c_1024", "note": "the order of last week" }""";

    private const string Conditions = """
        "require": [{ "conditions": [{ "path": "args.currency", "op": "in", "value": ["usd", "eur"] }] }],
        "deny_if": [{ "conditions": [{ "path": "args.amount", "op": "gt", "value": 50000 }] }]
        """;

    public const string Schema = """
        "arguments": { "type": "object", "required": ["amount"], "additionalProperties": false, "properties": {
          "currency": { "type": "string", "maxLength": 3 }, "amount": { "type": "integer", "minimum": 1 },
          "customer": { "type": "string" }, "note": { "type": "string", "maxLength": 500 } } }
        """;

    public const string Limit = """
        "limits": [{ "counter": "charges", "window": "second", "max": 1000000000, "scope": "grant" }]
        """;

    /// <summary>A policy whose tools each have two conditions, and what else is asked for.</summary>
    public static byte[] Text(int tools, params string[] more)
    {
        var text = new StringBuilder("{ \"version\": \"1\", \"default\": \"deny\", \"tools\": {");
        for (int i = 0; i < tools; i++)
        {
            text.Append(i == 0 ? string.Empty : ",")
                .Append(CultureInfo.InvariantCulture, $"\"create_charge_{i}\": {{ ")
                .AppendJoin(',', [Conditions, .. more])
                .Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append("}}").ToString());
    }

    public static ToolGuard Guard(int tools, params string[] more) => ToolGuard.Create(ToolPolicy.Parse(Text(tools, more)));
}

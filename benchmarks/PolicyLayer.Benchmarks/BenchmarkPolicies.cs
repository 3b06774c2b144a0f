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

    /// <summary>A hundred tools with two conditions, and globs of which one in ten matches the tool that is called.</summary>
    public static byte[] WithGlobs(int globs)
    {
        string text = Encoding.UTF8.GetString(Text(100));
        IEnumerable<string> more = Enumerable.Range(0, globs).Select(static i => i % 10 == 0 ? $"\"create_*{new string('?', 1 + (i / 100))}*{(i / 10) % 10}{new string('*', i / 100)}\": {{}}" : $"\"list_{i}_*\": {{}}");
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, text.Length - 2), ",", string.Join(',', more.Distinct()), "}}"));
    }

    public static ToolGuard Guard(int tools, params string[] more) => ToolGuard.Create(ToolPolicy.Parse(Text(tools, more)));

    /// <summary>A large limit of calls, as it is made when a policy is read.</summary>
    public static CounterLimit LargeSlidingLimit(decimal max, TimeSpan window)
    {
        CounterLimit limit = CounterLimit.Create(LimitAlgorithm.Sliding, max, window);
        limit.CountsInSlices = true;
        return limit;
    }
}

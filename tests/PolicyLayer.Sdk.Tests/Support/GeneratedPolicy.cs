using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>Policies and calls made from few names, so that they meet; and what can be done to them.</summary>
internal sealed class GeneratedPolicy
{
    private static readonly string[] Patterns = ["a", "b", "ab", "a*", "*b", "?", "*", "a?"];
    private static readonly string[] Names = ["a", "b", "ab", "abb", "c"];

    private static readonly string[] Arguments = ["x", "y", "z"];

    private static readonly string[] Conditions =
    [
        """{ "path": "args.x", "op": "eq", "value": 1 }""",
        """{ "path": "args.x", "op": "gt", "value": 0 }""",
        """{ "path": "args.x", "op": "neq", "value": "1" }""",
        """{ "path": "args.y", "op": "exists", "value": true }""",
        """{ "path": "args.y.0", "op": "in", "value": [1, "a"] }""",
        """{ "path": "args.y", "op": "contains", "value": "a" }""",
        """{ "path": "args.x", "op": "regex", "value": "^[ab]+$" }""",
        """{ "path": "args.*", "op": "neq", "value": 0 }""",
        """{ "not": { "path": "args.y.*", "op": "eq", "value": 1 } }""",
        """{ "any": [{ "path": "args.x", "op": "exists", "value": true }, { "all": [{ "path": "args.z", "op": "lt", "value": 1 }, { "not": { "path": "args.y", "op": "exists", "value": true } }] }] }""",
        """{ "path": "args.x", "op": "eq", "value_from": "args.z" }""",
        """{ "path": "/y/0", "op": "starts_with", "value": "A", "ignore_case": true }""",
        """{ "path": "tool.name", "op": "glob", "value": ["a*", "c"] }""",
        """{ "path": "grant.id", "op": "eq", "value": "default" }""",
    ];

    private static readonly string[] Values = ["0", "1", "1.0", "\"1\"", "\"a\"", "null", "[1]", "[\"a\"]", "{}", "true", "1e9999999999999999"];

    private readonly SortedDictionary<string, Entry> _tools = new(StringComparer.Ordinal);
    private readonly List<string> _hide = [];
    private Entry? _allTools;
    private bool _defaultAllow;

    public static Gen<int> Seeds => Gen.Choose(0, int.MaxValue - 1);

    public static GeneratedPolicy Make(Random random)
    {
        var policy = new GeneratedPolicy { _defaultAllow = random.Next(2) == 0, _allTools = random.Next(2) == 0 ? MakeEntry(random) : null };
        for (int i = random.Next(4); i > 0; i--)
        {
            policy._tools[Pick(random, Patterns)] = MakeEntry(random);
        }

        if (random.Next(5) == 0)
        {
            policy._hide.Add(Pick(random, Patterns));
        }

        return policy;
    }

    public static ToolCall MakeCall(Random random)
    {
        IEnumerable<string> members = Arguments.Where(_ => random.Next(3) > 0).Select(name => $"\"{name}\":{Pick(random, Values)}").ToList();
        return new ToolCall(Grant.Default, Pick(random, Names), System.Text.Json.JsonElement.Parse($"{{{string.Join(',', members)}}}"));
    }

    /// <summary>Adds what can only deny more: an entry, a rule, a limit, a schema, a hidden pattern.</summary>
    public GeneratedPolicy Add(Random random)
    {
        Entry added = MakeEntry(random);
        switch (random.Next(4))
        {
            case 0:
                _hide.Add(Pick(random, Patterns));
                break;
            case 1:
                _allTools = _allTools?.With(added) ?? added;
                break;
            default:
                string pattern = Pick(random, Patterns);
                _tools[pattern] = _tools.TryGetValue(pattern, out Entry? there) ? there.With(added) : added;
                break;
        }

        return this;
    }

    /// <summary>The document; with a random source its members stand in another order, and its lists too where asked.</summary>
    public string ToJson(Random? order = null, bool lists = false)
    {
        IEnumerable<string> Shuffled(IEnumerable<string> items) => order is null ? items : items.OrderBy(_ => order.Next()).ToList();
        IEnumerable<string> ShuffledList(IEnumerable<string> items) => lists ? Shuffled(items) : items;

        string Write(Entry entry) => $"{{{string.Join(',', Shuffled(new[]
        {
            entry.Deny ? "\"action\":\"deny\"" : "",
            entry.Schema is null ? "" : $"\"arguments\":{entry.Schema}",
            $"\"require\":[{string.Join(',', ShuffledList(entry.Require))}]",
            $"\"deny_if\":[{string.Join(',', ShuffledList(entry.DenyIf))}]",
            $"\"require_approval\":[{string.Join(',', ShuffledList(entry.Ask))}]",
            $"\"limits\":[{string.Join(',', ShuffledList(entry.Limits))}]",
        }.Where(static member => member.Length > 0)))}}}";

        string tools = string.Join(',', Shuffled(_tools.Select(tool => $"\"{tool.Key}\":{Write(tool.Value)}")));
        return $"{{{string.Join(',', Shuffled(new[]
        {
            "\"version\":\"1\"",
            $"\"default\":\"{(_defaultAllow ? "allow" : "deny")}\"",
            $"\"hide\":[{string.Join(',', ShuffledList(_hide.Select(static pattern => $"\"{pattern}\"")))}]",
            $"\"tools\":{{{tools}}}",
            _allTools is null ? "\"x-none\":0" : $"\"all_tools\":{Write(_allTools)}",
        }))}}}";
    }

    /// <summary>A text with some bytes changed, taken away, doubled or cut off.</summary>
    public static byte[] Mutate(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (int i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.Skip(at).Take(random.Next(1, 20)).ToList());
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(random, ["\"", "{", "[", "}", "]", ",", ":", "null", "1e999", "\\ud800", "\"a\":", "😀", "-", "\\"])));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 30)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static Entry MakeEntry(Random random)
    {
        string Rule() => $$"""{ "conditions": [{{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Pick(random, Conditions)))}}] }""";
        string[] Rules() => [.. Enumerable.Range(0, Math.Max(0, random.Next(4) - 1)).Select(_ => Rule())];
        string[] limits = random.Next(2) > 0 ? [] : [MakeLimit(random)];
        string? schema = random.Next(5) > 0 ? null : Pick(random, ["""{ "required": ["x"] }""", """{ "properties": { "x": { "type": "integer" } } }""", "true"]);
        string[] ask = random.Next(6) > 0 ? [] : Rules();
        return new Entry(random.Next(8) == 0, schema, Rules(), Rules(), ask, limits);
    }

    /// <summary>A limit; those of one counter count in the same way, as they must.</summary>
    private static string MakeLimit(Random random)
    {
        string how = Pick(random, [
            $$"""{ "counter": "c", "window": "minute", "max": {{random.Next(3)}}, @ }""",
            $$"""{ "counter": "d", "window": "90s", "max": {{random.Next(3)}}.5, "amount": {{Pick(random, ["0.5", "2", "\"args.x\""])}}, @ }""",
            $$"""{ "counter": "e", "window": "month", "algorithm": "fixed", "max": {{random.Next(3)}}, "scope": ["grant", "args.y"], @ }""",
            """{ "counter": "f", "window": "hour", "algorithm": "token_bucket", "max": 1, "burst": 2, "scope": "user", @ }""",
        ]);
        return random.Next(5) == 0
            ? $$"""{ "counter": "g", "concurrent": {{random.Next(3)}}, "scope": "global" }"""
            : how.Replace("@", $"\"refund\": \"{Pick(random, ["never", "not_run", "on_error"])}\"", StringComparison.Ordinal);
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private sealed record Entry(bool Deny, string? Schema, string[] Require, string[] DenyIf, string[] Ask, string[] Limits)
    {
        public Entry With(Entry other) => new(Deny || other.Deny, Schema ?? other.Schema, [.. Require, .. other.Require], [.. DenyIf, .. other.DenyIf], [.. Ask, .. other.Ask], [.. Limits, .. other.Limits]);
    }
}

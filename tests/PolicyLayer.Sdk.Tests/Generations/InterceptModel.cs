using System.Globalization;

namespace PolicyLayer.Sdk.Tests.Generations;

/// <summary>What a document of Intercept means, told again without any of the importer: rules are made at random, written as JSON, and judged here.</summary>
internal sealed class InterceptModel
{
    private static readonly string[] Listed = ["a", "b", "*"];
    private static readonly string[] Windows = ["minute", "hour", "day"];

    private readonly Dictionary<string, List<Rule>> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Counter, long Window), decimal> _counted = [];
    private bool? _defaultAllow;

    public static InterceptModel Make(Random random)
    {
        var model = new InterceptModel { _defaultAllow = random.Next(3) switch { 0 => true, 1 => false, _ => null } };
        foreach (string tool in Listed.Where(_ => random.Next(3) > 0))
        {
            model._tools[tool] = [.. Enumerable.Range(0, random.Next(4)).Select(index => Rule.Make(random, tool == "*" ? "_global" : tool, index))];
        }

        // Something must tell the generation.
        model._tools.TryAdd("c", []);
        return model;
    }

    public string ToJson()
    {
        string fallback = _defaultAllow is { } allow ? $"\"default\": \"{(allow ? "allow" : "deny")}\"," : string.Empty;
        return $$"""{ "version": "1", {{fallback}} "tools": { {{string.Join(", ", _tools.Select(static tool => $"\"{tool.Key}\": {{ \"rules\": [{string.Join(", ", tool.Value.Select(static rule => rule.Json))}] }}"))}} } }""";
    }

    /// <summary>Whether a call may run; when it may, it is counted, and the answer says what to take back should it fail.</summary>
    public bool Judge(string tool, int? x, DateTimeOffset now, out List<(string Counter, long Window, decimal Amount)> charged)
    {
        charged = [];
        bool isListed = tool != "*" && _tools.ContainsKey(tool);
        Rule[] rules = [.. _tools.GetValueOrDefault("*") ?? [], .. isListed ? _tools[tool] : []];
        if ((!isListed && _defaultAllow == false) || rules.Any(static rule => rule.Denies) || rules.Any(rule => rule.Least is { } least && !(x >= least)))
        {
            return false;
        }

        bool fits = true;
        foreach (Rule rule in rules.Where(static rule => rule.Counter is not null))
        {
            decimal? amount = rule.CountsX ? x : rule.Increment;
            long window = now.UtcTicks / rule.Ticks;
            decimal after = _counted.GetValueOrDefault((rule.Counter!, window)) + (amount ?? 0);
            fits &= amount is >= 0 && (rule.MayReach ? after <= rule.Bound : after < rule.Bound);
            if (!charged.Exists(one => one.Counter == rule.Counter))
            {
                charged.Add((rule.Counter!, window, amount ?? 0));
            }
        }

        foreach ((string counter, long window, decimal amount) in fits ? charged : [])
        {
            _counted[(counter, window)] = _counted.GetValueOrDefault((counter, window)) + amount;
        }

        return fits;
    }

    public void TakeBack(List<(string Counter, long Window, decimal Amount)> charged)
    {
        foreach ((string counter, long window, decimal amount) in charged)
        {
            _counted[(counter, window)] -= amount;
        }
    }

    private sealed record Rule(string Json)
    {
        public bool Denies { get; init; }

        public int? Least { get; init; }

        public string? Counter { get; init; }

        public long Ticks { get; init; }

        public decimal Bound { get; init; }

        public bool MayReach { get; init; } = true;

        public decimal Increment { get; init; } = 1;

        public bool CountsX { get; init; }

        public static Rule Make(Random random, string scope, int index)
        {
            int number = random.Next(1, 6);
            string window = Windows[random.Next(Windows.Length)];
            long ticks = window switch { "minute" => TimeSpan.TicksPerMinute, "hour" => TimeSpan.TicksPerHour, _ => TimeSpan.TicksPerDay };
            switch (random.Next(8))
            {
                case 0:
                    return new Rule("""{ "name": "no", "action": "deny", "on_deny": "No." }""") { Denies = true };
                case 1 or 2:
                    return new Rule($$"""{ "name": "least", "conditions": [{ "path": "args.x", "op": "gte", "value": {{number}} }] }""") { Least = number };
                case 3 or 4:
                    return new Rule($$"""{ "name": "rate", "rate_limit": "{{number}}/{{window}}" }""") { Counter = $"{scope}/rate/{window}", Ticks = ticks, Bound = number };
                default:
                    (string member, decimal increment) = random.Next(4) switch
                    {
                        0 => (string.Empty, 1m),
                        1 => (", \"increment\": 0", 1m),
                        2 => (", \"increment_from\": \"args.x\"", 0m),
                        _ => (", \"increment\": 1.5", 1.5m),
                    };
                    bool mayReach = random.Next(2) == 0;
                    string json = string.Create(CultureInfo.InvariantCulture, $$"""{ "conditions": [{ "path": "state.{{scope}}.n{{index}}", "op": "{{(mayReach ? "lte" : "lt")}}", "value": {{number}} }], "state": { "counter": "n{{index}}", "window": "{{window}}"{{member}} } }""");
                    return new Rule(json) { Counter = $"{scope}/n{index}", Ticks = ticks, Bound = number, MayReach = mayReach, Increment = increment, CountsX = increment == 0 };
            }
        }
    }
}

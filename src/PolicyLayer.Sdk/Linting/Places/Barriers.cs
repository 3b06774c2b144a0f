using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>What the rules of some entries say of one argument's value, whatever the rest of the call is.</summary>
/// <param name="entries">Entries that apply together.</param>
/// <param name="schemas">The schemas of the arguments.</param>
internal sealed class Barriers(IReadOnlyList<DocumentNode> entries, ArgumentSchemas schemas)
{
    private readonly Dictionary<DocumentNode, (string Key, ConditionDemand Demand)?> _demands = [];

    /// <summary>Whether nothing in the entries is sure to refuse a call for this value, a text or a number below zero.</summary>
    public bool LetPass(ValuePath path, JsonElement value)
    {
        string key = Conjunction.KeyOf(path);
        return schemas.All.All(schema => SchemaFacts.MayAccept(schema.Schema, path, value))
            && entries.All(entry =>
                Rules(entry, "require").All(rule => All(rule.Find("conditions")!, key, value) != ConditionOutcome.False)
                && Rules(entry, "deny_if").All(rule => All(rule.Find("conditions")!, key, value) != ConditionOutcome.True)
                && !Rules(entry, "limits").Any(limit => limit.Find("amount") is { Kind: JsonValueKind.String } amount && PathParser.TryParse(amount.Text!, out ValuePath? counted, out _) && Conjunction.KeyOf(counted) == key));
    }

    /// <summary>Whether a person is sure to be asked about a call for this value.</summary>
    public bool Ask(ValuePath path, JsonElement value)
    {
        string key = Conjunction.KeyOf(path);
        return entries.Any(entry => entry.Find("action")?.Text == "require_approval" || Rules(entry, "require_approval").Any(rule => All(rule.Find("conditions")!, key, value) == ConditionOutcome.True));
    }

    private static DocumentNode[] Rules(DocumentNode entry, string member) => entry.Find(member)?.Children ?? [];

    private ConditionOutcome All(DocumentNode list, string key, JsonElement value) =>
        list.Children.Aggregate(ConditionOutcome.True, (outcome, condition) => outcome.And(Judge(condition, key, value)));

    /// <summary>Unknown stands for what depends on the rest of the call.</summary>
    private ConditionOutcome Judge(DocumentNode condition, string key, JsonElement value)
    {
        if (condition.Find("all") is { } all)
        {
            return All(all, key, value);
        }

        if (condition.Find("any") is { } any)
        {
            return any.Children.Aggregate(ConditionOutcome.False, (outcome, one) => outcome.Or(Judge(one, key, value)));
        }

        if (condition.Find("not") is { } inner)
        {
            return Judge(inner, key, value).Not();
        }

        return DemandOf(condition) is { } known && known.Key == key ? known.Demand.Judge(new PathValue(value)) : ConditionOutcome.Unknown;
    }

    private (string Key, ConditionDemand Demand)? DemandOf(DocumentNode condition)
    {
        if (!_demands.TryGetValue(condition, out (string Key, ConditionDemand Demand)? known))
        {
            known = condition.Find("value") is not null && PathParser.TryParse(condition.Find("path")!.Text!, out ValuePath? path, out _) ? (Conjunction.KeyOf(path), new ConditionDemand(condition, path)) : null;
            _demands.Add(condition, known);
        }

        return known;
    }
}

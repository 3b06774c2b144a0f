using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests;

/// <summary>Several policies of one guard: every one must allow, each keeps its own counters.</summary>
public sealed class LayerTests
{
    [Theory]
    [InlineData("{ \"t\": {} }", "{ \"t\": {} }", null)]
    [InlineData("{ \"t\": {} }", "{}", 1)]
    [InlineData("{}", "{ \"t\": {} }", 0)]
    [InlineData("{ \"t\": { \"action\": \"deny\" } }", "{ \"t\": { \"action\": \"deny\" } }", 0)]
    [InlineData("{ \"t\": {} }", "{ \"t\": { \"arguments\": false } }", 1)]
    public void Decide_every_policy_must_allow_and_the_one_that_spoke_is_named(string first, string second, int? layer)
    {
        ToolDecision decision = Judging.Guard([Judging.Tools(first, "a"), Judging.Tools(second, "b")]).Decide("t");
        Assert.Equal((layer is null, layer), (decision.IsAllowed, decision.Layer));
    }

    [Fact]
    public void Decide_same_counter_in_two_policies_is_two_counters_reserved_together()
    {
        const string Limit = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 2 }] } }""";
        ToolGuard guard = Judging.Guard([Judging.Tools(Limit, "a"), Judging.Tools(Limit.Replace("2", "1", StringComparison.Ordinal), "b")]);
        Assert.True(guard.Decide("t").IsAllowed);
        ToolDecision denied = guard.Decide("t");
        Assert.Equal((1, "/tools/t/limits/c", 1m), (denied.Layer, denied.Rule, denied.Limit!.Max));
        guard.Decide("t");

        var time = new ManualTimeProvider();
        ToolGuard alone = Judging.Guard([Judging.Tools(Limit, "a")], time);
        Assert.True(alone.Decide("t").IsAllowed);
        Assert.True(alone.Decide("t").IsAllowed);
        Assert.False(alone.Decide("t").IsAllowed);
    }

    [Fact]
    public void ForPolicies_finds_the_guard_of_exactly_those()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools("{}", "a"), Judging.Tools("{ \"t\": {} }", "b"), Judging.Tools("{ \"t\": {}, \"u\": {} }", "c")]);
        Assert.Same(guard, guard.ForPolicies(["c", "a", "b", "a"]));
        Assert.Same(guard.ForPolicies(["b", "c"]), guard.ForPolicies(["c", "b"]));
        Assert.Same(guard.ForPolicies(["b"]), guard.ForPolicies(["b", "b"]));
        Assert.Equal((true, false), (guard.ForPolicies(["b", "c"])!.Decide("t").IsAllowed, guard.ForPolicies(["b", "c"])!.Decide("u").IsAllowed));
        Assert.True(guard.ForPolicies(["b", "c"])!.ForPolicies(["c"])!.Decide("u").IsAllowed);
        foreach (string[] names in (string[][])[[], ["d"], ["b", "d"], ["B"]])
        {
            Assert.Null(guard.ForPolicies(names));
        }
    }

    [Fact]
    public void PolicyVersion_of_several_names_them_all_in_order()
    {
        (ToolPolicy one, ToolPolicy other) = (Judging.Tools("{}", "a"), Judging.Tools("{ \"t\": {} }", "b"));
        string?[] versions = [Judging.Guard([one]).Decide("t").PolicyVersion, Judging.Guard([other]).Decide("t").PolicyVersion, Judging.Guard([one, other]).Decide("t").PolicyVersion, Judging.Guard([other, one]).Decide("t").PolicyVersion];
        Assert.Equal(4, versions.Distinct().Count());
        Assert.All(versions, static version => Assert.Matches("^sha256:[0-9a-f]{64}$", version));
    }
}

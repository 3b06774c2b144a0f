using System.Globalization;
using PolicyLayer.Sdk.Telemetry;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Telemetry;

/// <summary>A model may invent names of tools without end, and a series of metrics for each would fill any backend.</summary>
public sealed class ToolNameTests : IDisposable
{
    private readonly HeardMetrics _heard = new();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public void Flood_of_names_that_are_denied_is_one_name()
    {
        ToolGuard guard = Guard("\"default\": \"deny\", \"tools\": { \"list_*\": { \"action\": \"deny\" } }");
        for (int i = 0; i < 2_000; i++)
        {
            guard.Decide($"{(i % 2 == 0 ? "list_" : "")}{i.ToString(CultureInfo.InvariantCulture)}");
        }

        Assert.Equal(["_OTHER"], Tools("policylayer.decisions"));
    }

    [Fact]
    public void Flood_of_names_that_are_allowed_ends_at_a_thousand()
    {
        ToolGuard guard = Guard("\"default\": \"allow\", \"tools\": { \"named\": {} }");
        for (int i = 0; i < 3_000; i++)
        {
            guard.Complete(guard.Decide($"t{i.ToString(CultureInfo.InvariantCulture)}"), ToolOutcome.Ok);
        }

        guard.Decide("named");
        guard.Decide("t0");
        string[] tools = Tools("policylayer.decisions");
        Assert.Equal(ToolNames.MostMet + 2, tools.Length);
        Assert.Equal(["named", "t0", "t999"], tools.Where(static tool => tool is "named" or "t0" or "t999" or "t1000").Order(StringComparer.Ordinal));
        Assert.Contains("_OTHER", tools);
        Assert.Equal(ToolNames.MostMet + 1, Tools("policylayer.outcomes").Length);
        Assert.EndsWith("=t0", _heard.TagsOf("policylayer.decisions")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Guards_of_some_of_the_policies_share_the_room()
    {
        ToolGuard whole = Judging.Guard([Judging.Policy("\"default\": \"allow\""), Judging.Policy("\"default\": \"allow\"", "other")], metrics: _heard.Metrics);
        ToolGuard part = whole.ForPolicies(["other"])!;
        for (int i = 0; i < ToolNames.MostMet; i++)
        {
            (i % 2 == 0 ? whole : part).Decide($"t{i.ToString(CultureInfo.InvariantCulture)}");
        }

        part.Decide("late");
        Assert.DoesNotContain("late", Tools("policylayer.decisions"));
        Assert.Equal(ToolNames.MostMet + 1, Tools("policylayer.decisions").Length);
    }

    [Fact]
    public void Last_room_is_taken_once_though_many_come_at_once()
    {
        const int Threads = 4;
        string[] early = [.. Enumerable.Range(1, ToolNames.MostMet - 1).Select(static i => i.ToString(CultureInfo.InvariantCulture))];
        for (int round = 0; round < 200; round++)
        {
            var names = new ToolNames();
            Array.ForEach(early, name => names.Of(null, name, isAllowed: true));
            using var together = new Barrier(Threads);
            string[] given = new string[Threads];
            var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
            {
                together.SignalAndWait();
                given[i] = names.Of(null, $"late{i.ToString(CultureInfo.InvariantCulture)}", isAllowed: true);
            })).ToList();
            threads.ForEach(static thread => thread.Start());
            threads.ForEach(static thread => thread.Join());
            Assert.Single(given, static name => name != ToolNames.Other);
        }
    }

    [Fact]
    public void Denial_of_a_tool_that_was_allowed_before_has_its_name()
    {
        ToolGuard guard = Guard("\"default\": \"deny\", \"tools\": { \"list_*\": { \"limits\": [{ \"counter\": \"c\", \"window\": \"day\", \"max\": 1 }] } }");
        guard.Decide("list_files");
        guard.Decide("list_files");
        guard.Decide("list_users");
        Assert.Equal(
            ["policylayer.decision.reason=allowed, policylayer.decision.result=allow, gen_ai.tool.name=list_files", "policylayer.decision.reason=limit_exceeded, policylayer.decision.result=deny, gen_ai.tool.name=list_files", "policylayer.decision.reason=limit_exceeded, policylayer.decision.result=deny, gen_ai.tool.name=_OTHER"],
            _heard.TagsOf("policylayer.decisions"));
    }

    [Theory]
    [InlineData("a`b\n", "a\\u0060b\\u000A")]
    [InlineData("a\u202Eb", "a\\u202Eb")]
    public void Name_that_is_not_plain_is_shown_as_in_the_log(string tool, string shown)
    {
        Guard("\"default\": \"allow\"").Decide(tool);
        Assert.Equal([shown], Tools("policylayer.decisions"));
    }

    [Fact]
    public void Name_that_is_long_is_not_kept()
    {
        ToolGuard guard = Guard("\"default\": \"allow\"");
        guard.Decide(new string('a', 129));
        guard.Decide(new string('a', 128));
        Assert.Equal(["_OTHER", new string('a', 128)], Tools("policylayer.decisions"));
    }

    private ToolGuard Guard(string policy) => Judging.Guard([Judging.Policy(policy)], metrics: _heard.Metrics);

    private string[] Tools(string instrument) => [.. _heard.TagsOf(instrument).Select(static tags => tags.Split("gen_ai.tool.name=")[1]).Distinct()];
}

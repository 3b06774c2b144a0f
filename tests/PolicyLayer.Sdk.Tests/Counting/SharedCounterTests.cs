using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>Limits through the guard: who is charged, once, and what is given back.</summary>
public sealed class SharedCounterTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Decide_limits_that_share_a_counter_charge_it_once_a_call()
    {
        ToolGuard guard = Guard("""
            "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 4 }] },
            "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 9 }, { "counter": "c", "window": "day", "max": 5 }] }, "t*": { "limits": [{ "counter": "c", "window": "day", "max": 6 }] } }
            """);
        Assert.Equal(4, Admitted(guard, "t"));
        ToolDecision denied = guard.Decide("t");
        Assert.Equal(("/all_tools/limits/c", 4m, 0m), (denied.Rule, denied.Limit!.Max, denied.Limit.Remaining));
    }

    [Fact]
    public void Decide_entries_that_name_one_counter_share_it()
    {
        ToolGuard guard = Guard("""
            "tools": { "a": { "limits": [{ "counter": "c", "window": "day", "max": 3 }] }, "b": { "limits": [{ "counter": "c", "window": "24h", "max": 2 }] } }
            """);
        Assert.True(guard.Decide("a").IsAllowed);
        Assert.True(guard.Decide("b").IsAllowed);
        ToolDecision denied = guard.Decide("b");
        Assert.Equal(("/tools/b/limits/c", "24h"), (denied.Rule, denied.Limit!.Window));
        Assert.True(guard.Decide("a").IsAllowed);
        Assert.False(guard.Decide("a").IsAllowed);
    }

    [Fact]
    public void Decide_grants_are_counted_apart()
    {
        ToolGuard guard = Guard("""  "tools": { "a": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } } """);
        Assert.True(guard.Decide("a", grant: new Grant("one")).IsAllowed);
        Assert.True(guard.Decide("a", grant: new Grant("One")).IsAllowed);
        Assert.False(guard.Decide("a", grant: new Grant("one", "another label")).IsAllowed);
    }

    [Theory]
    [InlineData("not_run", ToolOutcome.NotRun, true)]
    [InlineData("not_run", ToolOutcome.Error, false)]
    [InlineData("not_run", ToolOutcome.Ok, false)]
    [InlineData("on_error", ToolOutcome.NotRun, true)]
    [InlineData("on_error", ToolOutcome.Error, true)]
    [InlineData("on_error", ToolOutcome.Ok, false)]
    [InlineData("never", ToolOutcome.NotRun, false)]
    [InlineData("never", ToolOutcome.Error, false)]
    [InlineData("never", ToolOutcome.Ok, false)]
    public void Complete_gives_back_what_the_limit_says(string refund, ToolOutcome outcome, bool givenBack)
    {
        ToolGuard guard = Guard($$""" "tools": { "a": { "limits": [{ "counter": "c", "window": "day", "max": 1, "refund": "{{refund}}" }] } } """);
        guard.Complete(guard.Decide("a"), outcome);
        Assert.Equal(givenBack, guard.Decide("a").IsAllowed);
    }

    // A limit that is added can only deny more: the more generous refund of one must not empty the counter of another.
    [Theory]
    [InlineData("never", "not_run", ToolOutcome.NotRun, 5, 3)]
    [InlineData("never", "not_run", ToolOutcome.NotRun, 3, 5)]
    [InlineData("never", "on_error", ToolOutcome.Error, 5, 3)]
    [InlineData("not_run", "on_error", ToolOutcome.Error, 5, 3)]
    [InlineData("not_run", "on_error", ToolOutcome.Error, 3, 5)]
    [InlineData("not_run", "on_error", ToolOutcome.Error, 3, 3)]
    public void Complete_of_limits_that_share_a_counter_follows_the_strictest_refund(string strict, string generous, ToolOutcome outcome, int strictMax, int generousMax)
    {
        string one = $$"""{ "counter": "c", "window": "day", "max": {{strictMax}}, "refund": "{{strict}}" }""";
        string other = $$"""{ "counter": "c", "window": "day", "max": {{generousMax}}, "refund": "{{generous}}" }""";
        foreach (string limits in new[] { $"{one}, {other}", $"{other}, {one}" })
        {
            ToolGuard guard = Guard($$""" "tools": { "a": { "limits": [{{limits}}] } } """);
            int admitted = 0;
            while (admitted < 20 && guard.Decide("a") is { IsAllowed: true } decision)
            {
                guard.Complete(decision, outcome);
                admitted++;
            }

            Assert.Equal(Math.Min(strictMax, generousMax), admitted);
        }
    }

    [Fact]
    public void Complete_gives_back_once_and_for_one_decision_alone()
    {
        ToolGuard guard = Guard(""" "tools": { "a": { "limits": [{ "counter": "c", "window": "day", "max": 2 }] } } """);
        ToolDecision first = guard.Decide("a");
        ToolDecision second = guard.Decide("a");
        for (int i = 0; i < 5; i++)
        {
            guard.Complete(first, ToolOutcome.NotRun);
        }

        Assert.True(guard.Decide("a").IsAllowed);
        Assert.False(guard.Decide("a").IsAllowed);
        guard.Complete(second, ToolOutcome.Ok);
        guard.Complete(second, ToolOutcome.NotRun);
        Assert.False(guard.Decide("a").IsAllowed);
    }

    [Fact]
    public void Complete_after_the_window_gives_nothing_to_the_next_one()
    {
        ToolGuard guard = Guard(""" "tools": { "a": { "limits": [{ "counter": "c", "window": 10, "max": 1 }] } } """);
        ToolDecision old = guard.Decide("a");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(guard.Decide("a").IsAllowed);
        guard.Complete(old, ToolOutcome.NotRun);
        Assert.False(guard.Decide("a").IsAllowed);
    }

    [Fact]
    public void Decide_denied_call_uses_nothing_up()
    {
        ToolGuard guard = Guard("""
            "all_tools": { "limits": [{ "counter": "all", "window": "day", "max": 2 }] },
            "tools": { "a": { "require": [{ "conditions": [{ "path": "args.ok", "op": "eq", "value": true }] }] }, "b": { "limits": [{ "counter": "b", "window": "day", "max": 0 }] } }
            """);
        for (int i = 0; i < 10; i++)
        {
            Assert.False(guard.Decide("a", "{}").IsAllowed);
            Assert.Equal("/tools/b/limits/b", guard.Decide("b").Rule);
            Assert.False(guard.Decide("unknown").IsAllowed);
        }

        Assert.Equal(2, Admitted(guard, "a", """{ "ok": true }"""));
    }

    [Theory]
    [InlineData("\"minute\"", 10, "At most 10 calls a minute. Try again in 60 s.")]
    [InlineData("\"hour\"", 1, "At most 1 call an hour. Try again in 3600 s.")]
    [InlineData("\"15m\"", 2, "At most 2 calls in 15 min. Try again in 900 s.")]
    [InlineData("90", 2.5, "At most 2.5 calls in 90 s. Try again in 90 s.")]
    [InlineData("60", 3, "At most 3 calls a minute. Try again in 60 s.")]
    [InlineData("\"1h\"", 3, "At most 3 calls an hour. Try again in 3600 s.")]
    [InlineData("\"6h\"", 3, "At most 3 calls in 6 h. Try again in 21600 s.")]
    [InlineData("\"24h\"", 3, "At most 3 calls a day. Try again in 86400 s.")]
    [InlineData("\"7d\"", 3, "At most 3 calls in 7 days. Try again in 604800 s.")]
    [InlineData("\"day\"", 0, "At most 0 calls a day. Waiting does not help.")]
    public void Decide_message_says_the_limit_and_when_to_try_again(string window, double max, string message)
    {
        ToolGuard guard = Guard(string.Create(System.Globalization.CultureInfo.InvariantCulture, $$""" "tools": { "a": { "limits": [{ "counter": "c", "window": {{window}}, "max": {{max}} }] } } """));
        Admitted(guard, "a");
        Assert.Equal(message, guard.Decide("a").Message);
    }

    [Theory]
    [InlineData(0, "At most 0 calls at once. Waiting does not help.")]
    [InlineData(1, "At most 1 call at once. Try again when one has ended.")]
    public void Decide_message_of_calls_at_once_says_whether_to_wait(int concurrent, string message)
    {
        ToolGuard guard = Guard($$""" "tools": { "a": { "limits": [{ "counter": "c", "concurrent": {{concurrent}} }] } } """);
        Admitted(guard, "a");
        Assert.Equal(message, guard.Decide("a").Message);
    }

    [Fact]
    public void Decide_setting_the_wall_clock_neither_refills_nor_freezes_a_limit()
    {
        ToolGuard guard = Guard(""" "tools": { "a": { "limits": [{ "counter": "c", "window": "minute", "max": 1 }] } } """);
        Assert.Equal(1, Admitted(guard, "a"));
        _time.SetUtcNow(_time.GetUtcNow().AddYears(1));
        Assert.False(guard.Decide("a").IsAllowed);
        _time.SetUtcNow(_time.GetUtcNow().AddYears(-2));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(guard.Decide("a").IsAllowed);
    }

    private static int Admitted(ToolGuard guard, string tool, string? arguments = null)
    {
        int admitted = 0;
        while (guard.Decide(tool, arguments).IsAllowed)
        {
            admitted++;
        }

        return admitted;
    }

    private ToolGuard Guard(string members) => Judging.Guard([Judging.Policy($"\"default\": \"deny\", {members}")], _time);
}

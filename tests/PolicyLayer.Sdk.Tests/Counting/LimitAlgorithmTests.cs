using System.Globalization;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>Every algorithm through the guard, against a model of its own and by its promises.</summary>
public sealed class LimitAlgorithmTests
{
    [Theory]
    [InlineData("\"second\"")]
    [InlineData("\"minute\"")]
    [InlineData("\"hour\"")]
    [InlineData("\"day\"")]
    [InlineData("\"week\"")]
    [InlineData("\"month\"")]
    [InlineData("\"7d\"")]
    [InlineData("90")]
    [InlineData("\"36h\"")]
    public void Fixed_window_admits_its_maximum_from_each_boundary_to_the_next(string window) => Seeded.ForAll(60, random =>
    {
        var time = new ManualTimeProvider();
        time.Advance(TimeSpan.FromSeconds(random.NextInt64(4L * 366 * 24 * 3600)));
        ToolGuard guard = Guard($$"""{ "counter": "c", "window": {{window}}, "max": 7, "algorithm": "fixed", "amount": "args.n" }""", time);
        var totals = new Dictionary<string, int>();
        for (int i = 0; i < 60; i++)
        {
            time.Advance(TimeSpan.FromSeconds(random.Next(4) == 0 ? random.NextInt64(3L * Scale(window)) : 0));
            int amount = random.Next(4);
            string key = WindowOf(window, time.GetUtcNow().UtcDateTime);
            int before = totals.GetValueOrDefault(key);
            ToolDecision decision = guard.Decide("t", $$"""{ "n": {{amount}} }""");
            Assert.Equal(before + amount <= 7, decision.IsAllowed);
            if (decision.IsAllowed)
            {
                totals[key] = before + amount;
            }
            else
            {
                Assert.Equal(7 - before, decision.Limit!.Remaining);
                AssertExact(guard, time, decision, amount);
                totals[WindowOf(window, time.GetUtcNow().UtcDateTime)] = amount;
            }
        }
    });

    [Fact]
    public void Fixed_window_of_the_last_month_that_there_is_ends_with_it()
    {
        var time = new ManualTimeProvider();
        time.Advance(DateTimeOffset.MaxValue.AddTicks(1 - TimeSpan.TicksPerDay) - time.GetUtcNow());
        ToolGuard guard = Guard("""{ "counter": "c", "window": "month", "max": 1, "algorithm": "fixed" }""", time);
        Assert.True(guard.Decide("t").IsAllowed);
        ToolDecision denied = guard.Decide("t");
        Assert.Equal((DecisionReason.LimitExceeded, TimeSpan.FromDays(1)), (denied.Reason, denied.RetryAfter));
    }

    [Fact]
    public void Token_bucket_agrees_with_exact_fractions() => Seeded.ForAll(150, static random =>
    {
        var time = new ManualTimeProvider();
        (int max, int burst, int seconds) = (random.Next(1, 8), random.Next(1, 12), random.Next(1, 100));
        ToolGuard guard = Guard($$"""{ "counter": "c", "window": {{seconds}}, "max": {{max}}, "burst": {{burst}}, "algorithm": "token_bucket", "amount": "args.n" }""", time);
        long window = TimeSpan.FromSeconds(seconds).Ticks;
        Int128 level = (Int128)burst * window;
        for (int i = 0; i < 60; i++)
        {
            long elapsed = random.Next(3) == 0 ? random.NextInt64(window) : random.Next(3);
            time.Advance(TimeSpan.FromTicks(elapsed));
            level = Int128.Min((Int128)burst * window, level + ((Int128)elapsed * max));
            int amount = random.Next(burst + 2);
            ToolDecision decision = guard.Decide("t", $$"""{ "n": {{amount}} }""");
            Assert.Equal(amount * (Int128)window <= level, decision.IsAllowed);
            if (decision.IsAllowed)
            {
                level -= amount * (Int128)window;
            }
            else if (amount > burst)
            {
                Assert.Null(decision.RetryAfter);
            }
            else
            {
                AssertExact(guard, time, decision, amount);
                level = Int128.Min((Int128)burst * window, level + ((Int128)decision.RetryAfter!.Value.Ticks * max)) - (amount * (Int128)window);
            }
        }
    });

    [Fact]
    public void Sliding_window_admits_its_maximum_in_no_span_whatever_the_amounts() => Seeded.ForAll(150, static random =>
    {
        var time = new ManualTimeProvider();
        ToolGuard guard = Guard("""{ "counter": "c", "window": 10, "max": 5, "amount": "args.n" }""", time);
        var admitted = new List<(long At, int Amount)>();
        for (int i = 0; i < 80; i++)
        {
            time.Advance(TimeSpan.FromSeconds(random.Next(4)));
            long now = time.GetUtcNow().UtcTicks;
            int amount = random.Next(7);
            int inWindow = admitted.Where(one => now - one.At < TimeSpan.FromSeconds(10).Ticks).Sum(static one => one.Amount);
            bool allowed = guard.Decide("t", $$"""{ "n": {{amount}} }""").IsAllowed;
            Assert.Equal(inWindow + amount <= 5, allowed);
            if (allowed)
            {
                admitted.Add((now, amount));
            }
        }
    });

    [Fact]
    public void Concurrent_limit_counts_the_calls_that_are_not_settled_yet() => Seeded.ForAll(100, static random =>
    {
        ToolGuard guard = Guard("""{ "counter": "c", "concurrent": 3 }""", new ManualTimeProvider());
        var running = new List<ToolDecision>();
        for (int i = 0; i < 80; i++)
        {
            if (running.Count > 0 && random.Next(2) == 0)
            {
                int ended = random.Next(running.Count);
                guard.Complete(running[ended], (ToolOutcome)random.Next(3));
                guard.Complete(running[ended], ToolOutcome.NotRun);
                running.RemoveAt(ended);
            }

            ToolDecision decision = guard.Decide("t");
            Assert.Equal(running.Count < 3, decision.IsAllowed);
            if (decision.IsAllowed)
            {
                running.Add(decision);
            }
            else
            {
                Assert.Null(decision.RetryAfter);
                Assert.Equal(("At most 3 calls at once. Try again when one has ended.", null), (decision.Message, decision.Limit!.Window));
            }
        }
    });

    [Fact]
    public void Several_limits_are_reserved_together_or_not_at_all()
    {
        var time = new ManualTimeProvider();
        ToolGuard guard = Guard(
            """
            { "counter": "s", "window": "day", "max": 2 }, { "counter": "f", "window": "day", "max": 3, "algorithm": "fixed" },
            { "counter": "b", "window": "day", "max": 4, "algorithm": "token_bucket" }, { "counter": "r", "concurrent": 1 }
            """,
            time);
        ToolDecision first = guard.Decide("t");
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("/tools/t/limits/r", guard.Decide("t").Rule);
        }

        guard.Complete(first, ToolOutcome.Ok);
        guard.Complete(guard.Decide("t"), ToolOutcome.Ok);
        Assert.Equal("/tools/t/limits/s", guard.Decide("t").Rule);
        time.Advance(TimeSpan.FromDays(1));
        guard.Complete(guard.Decide("t"), ToolOutcome.Ok);
        guard.Complete(guard.Decide("t"), ToolOutcome.Ok);
        Assert.Equal("/tools/t/limits/s", guard.Decide("t").Rule);
    }

    [Fact]
    public void Fixed_window_is_not_refilled_by_a_clock_that_is_set_back()
    {
        var time = new ManualTimeProvider();
        time.Advance(TimeSpan.FromDays(40));
        ToolGuard guard = Guard("""{ "counter": "c", "window": "day", "max": 1, "algorithm": "fixed" }""", time);
        Assert.True(guard.Decide("t").IsAllowed);
        time.SetUtcNow(time.GetUtcNow() - TimeSpan.FromDays(10));
        Assert.False(guard.Decide("t").IsAllowed);
    }

    [Theory]
    [InlineData("""{ "n": -1 }""", "`args.n` must be from 0 to 10^18")]
    [InlineData("""{ "n": 0.0000001 }""", "at most 6 digits")]
    [InlineData("""{ "n": 1e19 }""", "from 0 to 10^18")]
    [InlineData("""{ "n": 1e400 }""", "from 0 to 10^18")]
    [InlineData("""{ "n": "5" }""", "`args.n` must be a number")]
    [InlineData("""{ "n": null }""", "`args.n` is missing")]
    [InlineData("""{ }""", "`args.n` is missing")]
    public void Amount_that_cannot_be_counted_denies_the_call(string arguments, string detail)
    {
        ToolDecision decision = Guard("""{ "counter": "c", "window": "day", "max": 5, "amount": "args.n" }""", new ManualTimeProvider()).Decide("t", arguments);
        Assert.Equal((DecisionReason.InvalidAmount, "/tools/t/limits/c"), (decision.Reason, decision.Rule));
        Assert.Contains(detail, decision.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", "0.3", 3)]
    [InlineData("0.000001", "0.000005", 5)]
    [InlineData("1000000000000000000", "1000000000000000000", 1)]
    [InlineData("2.50", "5e0", 2)]
    public void Amounts_are_exact(string amount, string max, int admitted)
    {
        foreach (string algorithm in (string[])["sliding", "fixed"])
        {
            ToolGuard guard = Guard($$"""{ "counter": "c", "window": "day", "max": {{max}}, "amount": "args.n", "algorithm": "{{algorithm}}" }""", new ManualTimeProvider());
            for (int i = 0; i < admitted; i++)
            {
                Assert.True(guard.Decide("t", $$"""{ "n": {{amount}} }""").IsAllowed);
            }

            ToolDecision denied = guard.Decide("t", $$"""{ "n": {{amount}} }""");
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"At most {decimal.Parse(max, NumberStyles.Float, CultureInfo.InvariantCulture):0.######} of `c` a day, and 0 is left."), denied.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertExact(ToolGuard guard, ManualTimeProvider time, ToolDecision denied, int amount)
    {
        string arguments = $$"""{ "n": {{amount}} }""";
        time.Advance(denied.RetryAfter!.Value - TimeSpan.FromTicks(1));
        Assert.False(guard.Decide("t", arguments).IsAllowed);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(guard.Decide("t", arguments).IsAllowed);
    }

    /// <summary>A name for the window that a moment lies in, told in another way than the product does.</summary>
    private static string WindowOf(string window, DateTime utc) => window switch
    {
        "\"second\"" => utc.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        "\"minute\"" => utc.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture),
        "\"hour\"" => utc.ToString("yyyyMMddHH", CultureInfo.InvariantCulture),
        "\"day\"" => utc.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "\"week\"" => $"{ISOWeek.GetYear(utc)}w{ISOWeek.GetWeekOfYear(utc)}",
        "\"month\"" => utc.ToString("yyyyMM", CultureInfo.InvariantCulture),
        _ => ((long)(utc - DateTime.UnixEpoch).TotalSeconds / Scale(window)).ToString(CultureInfo.InvariantCulture),
    };

    private static long Scale(string window) => window switch
    {
        "\"second\"" => 1,
        "\"minute\"" => 60,
        "\"hour\"" => 3600,
        "\"day\"" => 86400,
        "\"week\"" or "\"7d\"" => 7 * 86400,
        "\"month\"" => 30 * 86400,
        "\"36h\"" => 36 * 3600,
        _ => long.Parse(window, CultureInfo.InvariantCulture),
    };

    private static ToolGuard Guard(string limits, ManualTimeProvider time) => Judging.Guard([Judging.Tools($$"""{ "t": { "limits": [{{limits}}] } }""")], time);
}

using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>What the script answers by itself in the plain case is what it answers else, and what it keeps.</summary>
public sealed class RedisPlainCaseTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private const decimal Least = 0.000001m;

    /// <summary>2^53 millionths, to which Lua counts exactly.</summary>
    private const decimal Exact = 9_007_199_254.740992m;

    private static readonly TimeSpan Micro = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly decimal[] Amounts = [0, 1, 1, 1, 0.5m, Least, 2.000001m, 999_999_999.999999m, 1_000_000_000, Exact - Least, Exact, Exact + Least];
    private static readonly decimal[] Maxima = [3, 10, 999_999_999.999999m, 2_000_000_000, Exact, Exact + 1, 1_000_000_000_000];

    private static readonly (LimitAlgorithm Algorithm, TimeSpan Window, CalendarUnit Unit)[] Kinds =
    [
        (LimitAlgorithm.Sliding, Window, default), (LimitAlgorithm.Sliding, TimeSpan.FromSeconds(1), default), (LimitAlgorithm.Sliding, TimeSpan.FromDays(30), default),
        (LimitAlgorithm.Fixed, Window, default), (LimitAlgorithm.Fixed, default, CalendarUnit.Week), (LimitAlgorithm.Fixed, default, CalendarUnit.Month),
        (LimitAlgorithm.TokenBucket, Window, default),
    ];

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.Zero, Micro, Micro, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1) - Micro, TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(7), Window / 2, Window - Micro, Window, TimeSpan.FromDays(1), TimeSpan.FromDays(28), -Micro, TimeSpan.FromSeconds(-40),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Histories_are_answered_and_kept_alike(int seed)
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        var random = new Random(seed);
        List<(CounterReservation Reservation, CounterDemand[] Demands)> reserved = [];
        for (int i = 0; i < 1_000; i++)
        {
            // Of those that share a counter only the first charges it.
            CounterDemand[] demands = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Demand(random)).GroupBy(static demand => SharedKey.Of(demand)).SelectMany(static same => same.Select(static (demand, i) => demand with { Charges = i == 0 && demand.Charges }))];
            if (await twins.ReserveAsync(demands, isPlain: random.Next(4) > 0) is { IsReserved: true } answer)
            {
                reserved.Add((answer, [.. demands.Where(static demand => demand.Charges)]));
            }

            if (random.Next(20) == 0 && reserved.Count > 0 && reserved[^1].Demands.Length > 0)
            {
                await twins.RefundAsync(reserved[^1].Reservation, reserved[^1].Demands);
                reserved.RemoveAt(reserved.Count - 1);
            }

            if (i % 10 == 0)
            {
                await twins.PeekAsync(demands);
                await twins.AssertSameAsync();
            }

            twins.Move(random.Next(3) == 0 ? Pick(random, Steps) : TimeSpan.FromMicroseconds(random.Next(1, 400_000)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Crowded_window_joins_the_same_admissions(int seed)
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        var random = new Random(seed);
        CounterDemand[] demands = [Ask.Demand(Ask.Limit(1_000_000, window: Window))];
        for (int i = 0; i < 2_500; i++)
        {
            Assert.True((await twins.ReserveAsync(demands, isPlain: i % 50 != 0)).IsReserved);
            if (i % 50 == 0 || i is > 1_000 and < 1_030)
            {
                await twins.AssertSameAsync();
            }

            twins.Move(random.Next(500) == 0 ? TimeSpan.FromSeconds(random.Next(1, 30)) : TimeSpan.FromMicroseconds(random.Next(1, 5_000)));
        }
    }

    [Theory]
    [InlineData(LimitAlgorithm.Fixed)]
    [InlineData(LimitAlgorithm.Sliding)]
    public async Task Large_numbers_are_judged_to_the_last_millionth(LimitAlgorithm algorithm)
    {
        foreach ((decimal held, decimal amount, decimal max) in ((decimal, decimal, decimal)[])[(Least, Exact, Exact), (Exact, Least, Exact), (Least, 999_999_999.999999m, 1_000_000_000), (Least, 1_000_000_000, 1_000_000_000)])
        {
            await AssertAsync(held, amount, max, held + amount <= max);
        }

        async Task AssertAsync(decimal held, decimal amount, decimal max, bool fits)
        {
            using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
            CounterDemand demand = Ask.Demand(Ask.Limit(max, algorithm));
            Assert.True((await twins.ReserveAsync([demand with { Amount = held }])).IsReserved);
            twins.Move(Micro);
            Assert.Equal(fits, (await twins.ReserveAsync([demand with { Amount = amount }])).IsReserved);
            await twins.AssertSameAsync();
        }
    }

    [Theory]
    [InlineData(LimitAlgorithm.Fixed)]
    [InlineData(LimitAlgorithm.Sliding)]
    public async Task Window_ends_at_its_microsecond(LimitAlgorithm algorithm)
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        await AssertEndsAsync(twins, Ask.Limit(2, algorithm, Window), Window);
        await AssertEndsAsync(twins, Ask.Limit(3, algorithm, Window), Window);
    }

    [Fact]
    public async Task Shortest_month_ends_after_28_days()
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        foreach (int max in (int[])[2, 3])
        {
            twins.Clock.SetUtcNow(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
            await AssertEndsAsync(twins, CounterLimit.Create(LimitAlgorithm.Fixed, max, unit: CalendarUnit.Month), TimeSpan.FromDays(28));
        }
    }

    [Theory]
    [InlineData(LimitAlgorithm.Fixed)]
    [InlineData(LimitAlgorithm.Sliding)]
    public async Task Counter_whose_history_is_lost_is_full_until_its_window_has_passed(LimitAlgorithm algorithm)
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        CounterDemand[] demands = [Ask.Demand(Ask.Limit(100, algorithm, Window))];
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(Window / 2);
        await twins.ForgetAsync();
        Assert.False((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(Micro);
        Assert.False((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move((algorithm == LimitAlgorithm.Fixed ? Window / 2 : Window) - (2 * Micro));
        Assert.False((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(Micro);
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(Micro);
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(-2 * Micro);
        Assert.False((await twins.ReserveAsync(demands)).IsReserved);
        await twins.AssertSameAsync();
    }

    [Fact]
    public async Task Admissions_that_have_left_do_not_pile_up()
    {
        using RedisTwins twins = await RedisTwins.CreateAsync(fixture);
        CounterDemand demand = Ask.Demand(Ask.Limit(1_000, window: TimeSpan.FromSeconds(10)));
        for (int i = 0; i < 200; i++)
        {
            Assert.True((await twins.ReserveAsync([demand])).IsReserved);
            Assert.InRange(await twins.LengthAsync(demand), Math.Min(i + 1, 10), 10 + 23);
            await twins.AssertSameAsync();
            twins.Move(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(LimitAlgorithm.Fixed, 1, "evalsha 1, hincrby 3, hmget 3")]
    [InlineData(LimitAlgorithm.Sliding, 1, "evalsha 1, lindex 3, rpush 3")]
    [InlineData(LimitAlgorithm.Sliding, 1_001, "evalsha 1, lindex 4, llen 3, lrange 3, lset 3")]
    public async Task Counter_is_read_and_written_no_oftener_than_it_must(LimitAlgorithm algorithm, int before, string commands)
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.PatientConfiguration);
        CounterDemand[] demands = [.. Enumerable.Range(0, 3).Select(i => Ask.Demand(Ask.Limit(before + 1, algorithm), "c" + i))];
        for (int i = 0; i < before; i++)
        {
            Assert.True(await store.AdmitsAsync(demands));
        }

        await server.AdminAsync("CONFIG", "RESETSTAT");
        Assert.True(await store.AdmitsAsync(demands));
        string[] lines = [.. ((string)(await server.AdminAsync("INFO", "commandstats"))!).Split('\n').Where(static line => line.StartsWith("cmdstat_", StringComparison.Ordinal))];
        IEnumerable<string> asked = lines.Select(static line => line[8..].Split(':', '=', ',')).Where(static parts => parts[0] is "evalsha" or "hmget" or "hincrby" or ['l' or 'r', ..]).Select(static parts => parts[0] + " " + parts[2]);
        Assert.Equal(commands, string.Join(", ", asked.Order(StringComparer.Ordinal)));
    }

    /// <summary>A window that has just begun ends so much later, also where the last one has room left.</summary>
    private static async Task AssertEndsAsync(RedisTwins twins, CounterLimit limit, TimeSpan later)
    {
        CounterDemand[] demands = [Ask.Demand(limit, "max " + limit.Max)];
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        twins.Move(later - Micro);
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        await twins.PeekAsync(demands);
        twins.Move(Micro);
        Assert.True((await twins.ReserveAsync(demands)).IsReserved);
        await twins.AssertSameAsync();
    }

    private static CounterDemand Demand(Random random)
    {
        (LimitAlgorithm algorithm, TimeSpan window, CalendarUnit unit) = Pick(random, Kinds);
        return Ask.Demand(CounterLimit.Create(algorithm, Pick(random, Maxima), window, unit), "c" + random.Next(2), Pick(random, Amounts)) with { Charges = random.Next(10) > 0 };
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}

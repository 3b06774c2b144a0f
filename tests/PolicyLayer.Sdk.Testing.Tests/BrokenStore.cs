using System.Collections.Concurrent;
using PolicyLayer.Sdk.Counting.Memory;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>A sound store, of which a test breaks one thing.</summary>
internal sealed class BrokenStore(TimeProvider time) : ICounterStore
{
    private readonly MemoryCounterStore _sound = new(time);
    private readonly ConcurrentDictionary<CounterKey, CounterLimit> _followed = new();

    /// <summary>What is asked in the place of what was asked.</summary>
    public Func<CounterDemand, CounterDemand> Asks { get; init; } = static demand => demand;

    /// <summary>What is answered in the place of the answer.</summary>
    public Func<CounterReservation, CounterReservation> Answers { get; init; } = static answer => answer;

    /// <summary>What is given back in the place of a reservation; null for nothing.</summary>
    public Func<CounterReservation, CounterReservation?> GivesBack { get; init; } = static reservation => reservation;

    /// <summary>How it reserves; null for as it should.</summary>
    public Func<ICounterStore, CounterDemand[], ValueTask<CounterReservation>>? Reserves { get; init; }

    public bool PeekCharges { get; init; }

    /// <summary>Whether it counts by the limit of what is given back, once that comes.</summary>
    public bool FollowsRefunds { get; init; }

    public bool IgnoresCancellation { get; init; }

    public static BrokenStore Create(string fault, TimeProvider time)
    {
        CounterLimit Limit(CounterLimit limit, decimal max, TimeSpan window) => CounterLimit.Create(limit.Algorithm, max, window, limit.Unit, limit.Burst + (max - limit.Max));
        return fault switch
        {
            "admits one more" => new(time) { Asks = demand => demand with { Limit = Limit(demand.Limit, demand.Limit.Max + 1, demand.Limit.Window) } },
            "forgets too early" => new(time) { Asks = demand => demand with { Limit = Limit(demand.Limit, demand.Limit.Max, demand.Limit.Window - TimeSpan.FromMilliseconds(1)) } },
            "says too early" => new(time) { Answers = static answer => answer.RetryAfter > TimeSpan.Zero ? CounterReservation.Refused(answer.RefusedIndex, answer.Remaining, answer.RetryAfter - TimeSpan.FromTicks(1)) : answer },
            "counts in floating point" => new(time) { Asks = static demand => demand with { Amount = (decimal)(double)demand.Amount } },
            "joins keys" => new(time) { Asks = static demand => demand with { Key = new CounterKey(string.Join(':', demand.Key.Policy, demand.Key.Counter, demand.Key.Scope), string.Empty, string.Empty) } },
            "ignores case" => new(time) { Asks = static demand => demand with { Key = demand.Key with { Scope = demand.Key.Scope.ToUpperInvariant() } } },
            "forgets refunds" => new(time) { GivesBack = static _ => null },
            "refunds to now" => new(time) { GivesBack = _ => CounterReservation.Reserved(stamp: time.GetTimestamp(), utcTicks: time.GetUtcNow().UtcTicks) },
            "follows refunds" => new(time) { FollowsRefunds = true },
            "peek charges" => new(time) { PeekCharges = true },
            "ignores cancellation" => new(time) { IgnoresCancellation = true },
            "reserves a part" => new(time) { Reserves = ReservePartAsync },
            "adds, then takes back" => new(time) { Reserves = new Undone().ReserveAsync },
            "looks, then adds" => new(time) { Reserves = LookThenAddAsync },
            "is seen in part" => new(time) { Reserves = ReserveSlowlyAsync },
            "has months of 30 days" => new(time) { Asks = demand => demand.Limit.Unit == CalendarUnit.Month ? demand with { Limit = CounterLimit.Create(demand.Limit.Algorithm, demand.Limit.Max, TimeSpan.FromDays(30)) } : demand },
            "has weeks from Thursday" => new(time) { Asks = demand => demand.Limit.Unit == CalendarUnit.Week ? demand with { Limit = CounterLimit.Create(demand.Limit.Algorithm, demand.Limit.Max, TimeSpan.FromDays(7)) } : demand },
            "refuses when busy" => new(time) { Reserves = new Busy().ReserveAsync },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };
    }

    public async ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
    {
        if (!IgnoresCancellation)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        CounterDemand[] asked = Ask(demands);
        return Answers(Reserves is null ? await _sound.ReserveAsync(asked, CancellationToken.None) : await Reserves(_sound, asked));
    }

    public async ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        Answers(await (PeekCharges ? _sound.ReserveAsync(Ask(demands), cancellationToken) : _sound.PeekAsync(Ask(demands), cancellationToken)));

    public async ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
    {
        foreach (CounterDemand demand in FollowsRefunds ? demands.ToArray() : [])
        {
            _followed[demand.Key] = demand.Limit;
        }

        if (GivesBack(reservation) is { } back)
        {
            await _sound.RefundAsync(back, Ask(demands), cancellationToken);
        }
    }

    /// <summary>Lets everybody else come in between: what goes wrong then must be seen on a busy machine too.</summary>
    private static async Task LingerAsync()
    {
        for (int i = 0; i < 50; i++)
        {
            await Task.Yield();
        }
    }

    private static async ValueTask<CounterReservation> ReservePartAsync(ICounterStore store, CounterDemand[] demands)
    {
        CounterReservation answer = default;
        for (int i = 0; i < demands.Length; i++)
        {
            answer = await store.ReserveAsync(demands.AsMemory(i, 1), CancellationToken.None);
            if (!answer.IsReserved)
            {
                return CounterReservation.Refused(i, answer.Remaining, answer.RetryAfter);
            }
        }

        return answer;
    }

    /// <summary>Takes one after the other where all fit, and lets others look in between.</summary>
    private static async ValueTask<CounterReservation> ReserveSlowlyAsync(ICounterStore store, CounterDemand[] demands)
    {
        CounterReservation answer = await store.ReserveAsync(demands.AsMemory(0, 1), CancellationToken.None);
        await LingerAsync();
        return demands.Length == 1 ? answer : await store.ReserveAsync(demands.AsMemory(1), CancellationToken.None);
    }

    private static async ValueTask<CounterReservation> LookThenAddAsync(ICounterStore store, CounterDemand[] demands)
    {
        CounterReservation answer = await store.PeekAsync(demands, CancellationToken.None);
        await LingerAsync();
        return answer.IsReserved
            ? await store.ReserveAsync(demands.Select(static demand => demand with { Limit = CounterLimit.Create(demand.Limit.Algorithm, 1_000_000, demand.Limit.Window, demand.Limit.Unit) }).ToArray(), CancellationToken.None)
            : answer;
    }

    private CounterDemand[] Ask(ReadOnlyMemory<CounterDemand> demands) => [.. demands.ToArray().Select(Asks).Select(demand => _followed.TryGetValue(demand.Key, out CounterLimit? limit) ? demand with { Limit = limit } : demand)];

    /// <summary>Takes what it can before it sees that the rest is not to be had, and is slow to give it back: until somebody else went without.</summary>
    private sealed class Undone
    {
        private int _shutOut;

        public async ValueTask<CounterReservation> ReserveAsync(ICounterStore store, CounterDemand[] demands)
        {
            if (demands is [_])
            {
                CounterReservation alone = await store.ReserveAsync(demands, CancellationToken.None);
                Volatile.Write(ref _shutOut, alone.IsReserved ? Volatile.Read(ref _shutOut) : 1);
                return alone;
            }

            CounterReservation answer = await ReservePartAsync(store, demands);
            for (int i = 0; !answer.IsReserved && i < answer.RefusedIndex; i++)
            {
                for (int turns = 0; turns < 1_000 && Volatile.Read(ref _shutOut) == 0; turns++)
                {
                    await Task.Yield();
                }

                await store.RefundAsync(CounterReservation.Reserved(stamp: 1_000_000_000, utcTicks: new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks), demands.AsMemory(i, 1), CancellationToken.None);
            }

            return answer;
        }
    }

    /// <summary>Is busy until somebody else has come, however long that takes on a machine that is busy itself.</summary>
    private sealed class Busy
    {
        private int _busy;
        private int _refused;

        public async ValueTask<CounterReservation> ReserveAsync(ICounterStore store, CounterDemand[] demands)
        {
            if (Interlocked.Exchange(ref _busy, 1) == 1)
            {
                Volatile.Write(ref _refused, 1);
                return CounterReservation.Refused(0, 0, TimeSpan.Zero);
            }

            while (Volatile.Read(ref _refused) == 0)
            {
                await Task.Yield();
            }

            CounterReservation answer = await store.ReserveAsync(demands, CancellationToken.None);
            Volatile.Write(ref _busy, 0);
            return answer;
        }
    }
}

namespace PolicyLayer.Sdk.Counting.Shared;

/// <summary>Under which names this host holds places of <c>concurrent</c> limits in a store that others share: while it lives it renews them, and when it dies they lapse.</summary>
/// <remarks>A name that was not renewed for too long is never used for new places, for the store may have forgotten it, and with it the places that are still to be given back.</remarks>
/// <param name="time">Measures how long ago a name was renewed, by both of its clocks.</param>
/// <param name="length">How long the store keeps a name.</param>
/// <param name="renew">Asks the store to keep names, those that it still has, for that long from now.</param>
internal sealed class HostLeases(TimeProvider time, TimeSpan length, Func<IReadOnlyList<Guid>, Task> renew) : IDisposable
{
    /// <summary>How long a place outlives its host.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _held = [];
    private ITimer? _timer;
    private Guid _current;
    private CounterTime _confirmedAt;

    public TimeSpan Length => length;

    /// <summary>Reserves under this host's name where there are places among the demands, else under none.</summary>
    /// <param name="demands">The demands.</param>
    /// <param name="reserve">Asks the store, which makes the name, or keeps it for longer, together with the place.</param>
    public async ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, Func<Guid, Task<CounterReservation>> reserve)
    {
        if (!HasPlaces(demands.Span))
        {
            return await reserve(Guid.Empty).ConfigureAwait(false);
        }

        (Guid name, CounterTime askedAt) = (Hold(), Now());
        try
        {
            CounterReservation answer = await reserve(name).ConfigureAwait(false);
            if (answer.IsReserved)
            {
                Confirm(name, askedAt);
            }
            else
            {
                Release(name);
            }

            return answer;
        }
        catch
        {
            // Whether the place was taken nobody knows: the name is not used again, so it lapses once the calls have ended that run under it.
            Release(name, isGivenUp: true);
            throw;
        }
    }

    /// <summary>Gives back, and no longer holds the place that was among it.</summary>
    /// <param name="reservation">What is given back.</param>
    /// <param name="demands">The demands.</param>
    /// <param name="refund">Asks the store.</param>
    public async ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, Func<Task> refund)
    {
        bool isBack = false;
        try
        {
            await refund().ConfigureAwait(false);
            isBack = true;
        }
        finally
        {
            if (HasPlaces(demands.Span))
            {
                // Nobody gives it back again: what the store may still have of it lapses with the name.
                Release(reservation.Id, isGivenUp: !isBack);
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private static bool HasPlaces(ReadOnlySpan<CounterDemand> demands)
    {
        foreach (ref readonly CounterDemand demand in demands)
        {
            if (demand.Limit.Algorithm == LimitAlgorithm.Concurrent)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name for places that are taken now.</summary>
    private Guid Hold()
    {
        lock (_lock)
        {
            if (_current == Guid.Empty || IsLate(Now()))
            {
                (_current, _confirmedAt) = (Guid.NewGuid(), Now());
            }

            _held[_current] = _held.GetValueOrDefault(_current) + 1;
            _timer ??= time.CreateTimer(static self => _ = ((HostLeases)self!).RenewAsync(), this, length / 4, length / 4);
            return _current;
        }
    }

    /// <summary>A place of a name was given back, or was never taken.</summary>
    private void Release(Guid name, bool isGivenUp = false)
    {
        lock (_lock)
        {
            _current = isGivenUp && name == _current ? Guid.Empty : _current;
            if (_held.TryGetValue(name, out int places) && --places > 0)
            {
                _held[name] = places;
            }
            else
            {
                _held.Remove(name);
            }
        }
    }

    /// <summary>The store has kept a name that it was asked for at a moment of this clock, or later.</summary>
    private void Confirm(Guid name, CounterTime askedAt)
    {
        lock (_lock)
        {
            _confirmedAt = name == _current && askedAt.Monotonic > _confirmedAt.Monotonic ? askedAt : _confirmedAt;
        }
    }

    private CounterTime Now() => new(time.GetTimestamp(), time.GetUtcNow().UtcTicks);

    /// <summary>Whether the name in use was confirmed too long before a moment, by either clock: the one that only runs on may stand still while the machine sleeps.</summary>
    private bool IsLate(CounterTime now) =>
        time.GetElapsedTime(_confirmedAt.Monotonic, now.Monotonic) > length / 2 || TimeSpan.FromTicks(now.Utc - _confirmedAt.Utc).Duration() > length / 2;

    private async Task RenewAsync()
    {
        CounterTime askedAt = Now();
        Guid[] names;
        lock (_lock)
        {
            names = [.. _held.Keys];

            // Whether the store still has it, its answer does not tell.
            _current = IsLate(askedAt) ? Guid.Empty : _current;
        }

        if (names.Length == 0)
        {
            return;
        }

        try
        {
            await renew(names).ConfigureAwait(false);
            Array.ForEach(names, name => Confirm(name, askedAt));
        }
        catch (Exception)
        {
            // Not confirmed: a name that lapses is not used again, and the next turn tries anew.
        }
    }
}

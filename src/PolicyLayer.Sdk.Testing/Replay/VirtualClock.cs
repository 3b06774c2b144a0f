namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>The clock of a replay: it stands still until a call moves it, never backwards.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<RecurringTimer> _recurring = [];

    /// <summary>Now. What recurs is done once when the clock moves, however far: a place in a file is renewed before anybody looks whether it has lapsed.</summary>
    public DateTimeOffset Now
    {
        get;
        set
        {
            bool moves = value != field;
            field = value;
            if (moves)
            {
                Array.ForEach(Recurring(), static timer => timer.Fire());
            }
        }
    } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

    public override long GetTimestamp() => Now.UtcTicks;

    /// <summary>Nothing waits in a replay: answers are in the input. Only what recurs is ever done.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new RecurringTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private RecurringTimer[] Recurring()
    {
        lock (_lock)
        {
            return [.. _recurring];
        }
    }

    private sealed class RecurringTimer(VirtualClock owner, Action callback) : ITimer
    {
        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._recurring.Remove(this);
                if (period > TimeSpan.Zero)
                {
                    owner._recurring.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

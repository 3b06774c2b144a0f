namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>How many calls lie in each slice of a sliding window (policy format, section 5). All of a slice leave with its last moment.</summary>
/// <param name="window">How long the window is, in ticks of the clock; <see cref="CanCut"/>.</param>
/// <remarks>How many there are in all, the caller keeps; those of the newest slice are the rest of them.</remarks>
internal sealed class WindowSlices(long window)
{
    /// <summary>Room for the slices that count at once, parts of some at both ends of the window among them; a power of two.</summary>
    private const int Room = 64;

    private readonly long _length = window / SlidingWindow.Slices;

    /// <summary>The slices that count, by their numbers since the clock began.</summary>
    private long _oldest;
    private long _newest = -1;

    /// <summary>The calls in all slices but the newest, and in each of them; none while that is the only one.</summary>
    private long _before;
    private uint[]? _counts;

    /// <summary>Whether a clock is fine enough to cut a window into slices.</summary>
    public static bool CanCut(long window) => window >= SlidingWindow.Slices * SlidingWindow.Slices;

    /// <summary>Begins the slice of a moment, unless the one before holds more calls than can be said of it.</summary>
    public bool TryBegin(long now, ref long calls, out long end)
    {
        Expire(now, ref calls);
        end = long.MinValue;
        if (calls - _before > uint.MaxValue)
        {
            return false;
        }

        if (calls > 0)
        {
            _counts ??= new uint[Room];
            Count(_newest) = (uint)(calls - _before);
        }

        _newest = now / _length;
        _oldest = calls == 0 ? _newest : _oldest;
        _before = calls;
        end = EndOf(_newest);
        return true;
    }

    /// <summary>Forgets the slices that have left the window.</summary>
    public void Expire(long now, ref long calls)
    {
        for (; _oldest <= _newest && HasLeft(_oldest, now); _oldest++)
        {
            if (_oldest == _newest)
            {
                (calls, _before) = (0, 0);
                continue;
            }

            calls -= Count(_oldest);
            _before -= Count(_oldest);
            Count(_oldest) = 0;
        }
    }

    /// <summary>Gives a call back, if its slice is still there.</summary>
    public void Refund(long stamp, ref long calls)
    {
        long slice = stamp / _length;
        if (slice < _oldest || slice > _newest || CallsOf(slice, calls) == 0)
        {
            return;
        }

        calls--;
        if (slice < _newest)
        {
            Count(slice)--;
            _before--;
        }
    }

    /// <summary>How long until there are fewer calls than a maximum; null when there never will be.</summary>
    public long? TicksUntilBelow(long max, long calls, long now)
    {
        long left = calls;
        for (long slice = _oldest; slice <= _newest && max > 0; slice++)
        {
            left -= CallsOf(slice, calls);
            if (left < max)
            {
                return Math.Max(0, EndOf(slice) + window - now);
            }
        }

        return null;
    }

    /// <summary>Hands all calls over, those of a slice as if they had ended with it.</summary>
    public void MoveTo(SlidingWindow other, long calls, long lastStamp)
    {
        for (long slice = _oldest; slice <= _newest; slice++)
        {
            long count = CallsOf(slice, calls);
            if (count > 0)
            {
                other.Add(new Admission(slice * _length, Math.Min(EndOf(slice), lastStamp), Millionths.OfCalls(count), count));
            }
        }
    }

    private long CallsOf(long slice, long calls) => slice == _newest ? calls - _before : Count(slice);

    private ref uint Count(long slice) => ref _counts![slice & (Room - 1)];

    private bool HasLeft(long slice, long now) => now - EndOf(slice) >= window;

    private long EndOf(long slice) => ((slice + 1) * _length) - 1;
}

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>The admissions of one counter within its window; amounts are <see cref="Millionths"/>. Exact while they are few; beyond that merged into slices, erring towards denial.</summary>
/// <remarks>Not safe for concurrent use: whoever holds the counter's lock uses it.</remarks>
internal sealed class SlidingWindow(long length)
{
    /// <summary>Up to this many calls each is kept by itself (policy format, section 5).</summary>
    public const int ExactCalls = 1000;

    /// <summary>Beyond them, a window has this many slices.</summary>
    public const int Slices = 60;

    private AdmissionRing _ring = new(capacity: 4);

    /// <summary>Where the slice begins that calls merge into.</summary>
    private long _sliceStart = -length;

    private long SliceLength { get; } = Math.Max(1, length / Slices);

    /// <summary>What lies in the window now, if <see cref="Expire"/> was called; else perhaps more.</summary>
    public Int128 Total => _ring.Total;

    public bool IsEmpty => _ring.Count == 0;

    /// <summary>When the last admission was; a clock that runs backwards does not go behind it.</summary>
    public long LastStamp => _ring.Count == 0 ? long.MinValue : _ring.NewestStamp;

    /// <summary>Forgets what has left the window at a moment.</summary>
    public void Expire(long now)
    {
        while (_ring.Count > 0 && now - _ring.OldestStamp >= length)
        {
            _ring.RemoveOldest();
        }
    }

    /// <summary>Records an admission, no earlier than the last one; one of nothing leaves no trace.</summary>
    public void Add(long now, Int128 amount)
    {
        if (amount == 0)
        {
            return;
        }

        // What has left is looked for when it matters, many at once: each time would be a look at a place far away.
        if (_ring.IsFull || _ring.Calls >= ExactCalls)
        {
            Expire(now);
        }

        if (_ring.Calls >= ExactCalls)
        {
            if (now - _sliceStart >= SliceLength)
            {
                _sliceStart = now - (now % SliceLength);
                Merge();
            }

            if (_ring.NewestStamp >= _sliceStart)
            {
                _ring.Extend(now, amount, calls: 1);
                return;
            }
        }

        // A moment that a slice ends with has no other admission: what comes back of it would else be taken from either.
        if (_ring.EndsWithSlice(now))
        {
            _ring.Extend(now, amount, calls: 1);
            return;
        }

        Add(new Admission(now, now, amount, 1));
    }

    /// <summary>Takes over what was counted elsewhere, from the oldest to the newest.</summary>
    public void Add(in Admission admission) => _ring.Append(admission);

    /// <summary>Gives an admission back, if it still lies in the window. Those of one moment cannot be told apart: what one of them does not hold, another does.</summary>
    /// <remarks>The oldest give first. A slice that begins at the moment may end later, and what is taken from it would be missed when the others have left.</remarks>
    public void Refund(long stamp, Int128 amount)
    {
        int oldest = _ring.Count;
        while (oldest > 0 && _ring[oldest - 1].Last >= stamp)
        {
            oldest--;
        }

        while (oldest < _ring.Count && amount > 0)
        {
            Admission admission = _ring[oldest];
            if (admission.First > stamp)
            {
                return;
            }

            if (amount < admission.Amount)
            {
                _ring.Reduce(oldest, amount);
                return;
            }

            amount -= admission.Amount;
            _ring.RemoveAt(oldest);
        }
    }

    /// <summary>How long until an amount fits below a maximum; null when it never will.</summary>
    public long? TicksUntilFits(long now, Int128 amount, Int128 max)
    {
        Int128 total = Total;
        for (int i = 0; total + amount > max; i++)
        {
            if (i == _ring.Count)
            {
                return null;
            }

            Admission admission = _ring[i];
            total -= admission.Amount;
            if (total + amount <= max)
            {
                return admission.Last + length - now;
            }
        }

        return 0;
    }

    /// <summary>Writes what lies in the window: of a call that added one its moment, of others more.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_ring.Count);
        long before = 0;
        for (int i = 0; i < _ring.Count; i++)
        {
            Admission admission = _ring[i];
            writer.Write7BitEncodedInt64(admission.First - before);
            writer.Write7BitEncodedInt64(admission.Last - admission.First);
            writer.Write7BitEncodedInt64(admission.IsOneOfOne ? 0 : admission.Calls);
            if (!admission.IsOneOfOne)
            {
                writer.Write(Millionths.ToDecimal(admission.Amount));
            }

            before = admission.Last;
        }
    }

    /// <summary>Takes up what was saved.</summary>
    public void Load(BinaryReader reader)
    {
        int count = reader.Read7BitEncodedInt();
        _ring = new AdmissionRing(count + 1);
        long before = 0;
        for (int i = 0; i < count; i++)
        {
            long first = before + reader.Read7BitEncodedInt64();
            before = first + reader.Read7BitEncodedInt64();
            long calls = reader.Read7BitEncodedInt64();
            _ring.Append(calls == 0 ? new Admission(first, before, Millionths.One, 1) : new Admission(first, before, Millionths.Of(reader.ReadDecimal()), calls));
        }

        _sliceStart = before - (before % SliceLength);
    }

    /// <summary>Merges what can be, so that a window holds no more than its slices and the one that it is leaving.</summary>
    private void Merge()
    {
        if (_ring.Count <= Slices + 1)
        {
            return;
        }

        var merged = new AdmissionRing(Slices + 2);
        for (int i = 0; i < _ring.Count; i++)
        {
            Admission admission = _ring[i];
            if (merged.Count > 0 && merged.NewestStamp / SliceLength == admission.Last / SliceLength)
            {
                merged.Extend(admission.Last, admission.Amount, admission.Calls);
            }
            else
            {
                merged.Append(admission);
            }
        }

        _ring = merged;
    }
}

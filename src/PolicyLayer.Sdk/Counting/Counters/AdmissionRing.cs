using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>Admissions from the oldest to the newest. While each is one call that added one, as most are, they take eight bytes each.</summary>
internal struct AdmissionRing
{
    private const int SmallestSize = 4;

    /// <summary>When each admission was; the size is a power of two.</summary>
    private long[] _last;

    /// <summary>The rest of each, in the same places; null while there is nothing to say.</summary>
    private Detail[]? _details;

    /// <summary>Of the size, kept beside it: a ring that was not used for a while is far from the processor.</summary>
    private int _mask;

    private int _first;
    private Int128 _total;
    private long _calls;

    /// <param name="capacity">For how many there is room at once; it grows.</param>
    public AdmissionRing(int capacity = SmallestSize)
    {
        _last = new long[Math.Max(SmallestSize, BitOperations.RoundUpToPowerOf2((uint)capacity))];
        _mask = _last.Length - 1;
    }

    public int Count { get; private set; }

    /// <summary>What all of them added, in <see cref="Millionths"/>.</summary>
    public readonly Int128 Total => _details is null ? Millionths.OfCalls(Count) : _total;

    /// <summary>How many calls all of them are.</summary>
    public readonly long Calls => _details is null ? Count : _calls;

    /// <summary>Whether there is no room for one more without growing.</summary>
    public readonly bool IsFull => Count > _mask;

    /// <summary>When the oldest was; there is one.</summary>
    public readonly long OldestStamp => Last(_first);

    /// <summary>When the newest was; there is one.</summary>
    public long NewestStamp { get; private set; }

    /// <summary>Whether the newest are several of one slice, the last of them at a moment.</summary>
    public readonly bool EndsWithSlice(long moment) =>
        NewestStamp == moment && _details is not null && Count > 0 && _details[Place(Count - 1)].First < moment;

    public readonly Admission this[int index]
    {
        get
        {
            int place = Place(index);
            return _details is null
                ? new Admission(Last(place), Last(place), Millionths.One, 1)
                : new Admission(_details[place].First, Last(place), _details[place].Amount, _details[place].Calls);
        }
    }

    public void Append(in Admission admission)
    {
        if (IsFull)
        {
            Grow();
        }

        if (!admission.IsOneOfOne)
        {
            Widen();
        }

        int place = Place(Count++);
        NewestStamp = Last(place) = admission.Last;
        if (_details is not null)
        {
            _details[place] = new Detail(admission.First, admission.Amount, admission.Calls);
            _total += admission.Amount;
            _calls += admission.Calls;
        }
    }

    /// <summary>Adds to the newest, of which there is one.</summary>
    public void Extend(long last, Int128 amount, long calls)
    {
        int place = Place(Count - 1);
        Change(place, amount, calls);
        NewestStamp = Last(place) = last;
    }

    /// <summary>Takes a part of an amount away.</summary>
    public void Reduce(int index, Int128 amount) => Change(Place(index), -amount, 0);

    public void RemoveOldest()
    {
        Forget(_first);
        _first = (_first + 1) & _mask;
        Count--;
    }

    public void RemoveAt(int index)
    {
        Forget(Place(index));
        for (int i = index; i < Count - 1; i++)
        {
            Last(Place(i)) = Last(Place(i + 1));
            if (_details is not null)
            {
                _details[Place(i)] = _details[Place(i + 1)];
            }
        }

        Count--;
        NewestStamp = Last(Place(Count - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Place(int index) => (_first + index) & _mask;

    /// <summary>When the admission in a place was. The mask holds every place within the ring, whose length is then not read: it lies on a line of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref long Last(int place) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_last), place);

    private void Change(int place, Int128 amount, long calls)
    {
        ref Detail detail = ref (_details ?? Widen())[place];
        detail = new Detail(detail.First, detail.Amount + amount, detail.Calls + calls);
        _total += amount;
        _calls += calls;
    }

    private void Forget(int place)
    {
        if (_details is not null)
        {
            _total -= _details[place].Amount;
            _calls -= _details[place].Calls;
        }
    }

    private Detail[] Widen()
    {
        if (_details is null)
        {
            var details = new Detail[_last.Length];
            for (int i = 0; i < Count; i++)
            {
                details[Place(i)] = new Detail(Last(Place(i)), Millionths.One, 1);
            }

            (_details, _total, _calls) = (details, Millionths.OfCalls(Count), Count);
        }

        return _details;
    }

    private void Grow()
    {
        _last = Grown(_last, _first);
        _details = _details is null ? null : Grown(_details, _first);
        _mask = _last.Length - 1;
        _first = 0;
    }

    /// <summary>The same in twice the room, the oldest in the first place.</summary>
    private static T[] Grown<T>(T[] full, int first)
    {
        var grown = new T[full.Length * 2];
        full.AsSpan(first).CopyTo(grown);
        full.AsSpan(0, first).CopyTo(grown.AsSpan(full.Length - first));
        return grown;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Detail(long First, Int128 Amount, long Calls);
}

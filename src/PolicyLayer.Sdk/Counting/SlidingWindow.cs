using System.Buffers;
using System.Numerics;

namespace PolicyLayer.Sdk.Counting;

/// <summary>The admissions of one counter within its window. Exact while they are few; beyond that merged into slices, erring towards denial.</summary>
/// <remarks>Not safe for concurrent use: whoever holds the counter's lock uses it.</remarks>
internal sealed class SlidingWindow(long length)
{
    /// <summary>Up to this many admissions each is kept by itself (policy format, section 5).</summary>
    public const int ExactAdmissions = 1000;

    /// <summary>Beyond them, a window has this many slices.</summary>
    private const int Slices = 60;

    private Admission[] _ring = new Admission[4];
    private int _first;
    private int _count;

    /// <summary>How many of them were given back; they no longer count.</summary>
    private int _empty;

    /// <summary>What lies in the window now; call <see cref="Expire"/> first.</summary>
    public decimal Total { get; private set; }

    public bool IsEmpty => _count == 0;

    /// <summary>When the last admission was; a clock that runs backwards does not go behind it.</summary>
    public long LastStamp => _count == 0 ? long.MinValue : At(_count - 1).Last;

    /// <summary>Forgets what has left the window at a moment.</summary>
    public void Expire(long now)
    {
        while (_count > 0 && now - At(0).Last >= length)
        {
            Total -= At(0).Amount;
            _empty -= At(0).Amount == 0 ? 1 : 0;
            _first = (_first + 1) % _ring.Length;
            _count--;
        }
    }

    /// <summary>Records an admission, no earlier than the last one; one of nothing leaves no trace.</summary>
    public void Add(long now, decimal amount)
    {
        if (amount == 0)
        {
            return;
        }

        Total += amount;
        long slice = Math.Max(1, length / Slices);
        if (_count - _empty >= ExactAdmissions && now / slice == LastStamp / slice)
        {
            ref Admission last = ref At(_count - 1);
            _empty -= last.Amount == 0 ? 1 : 0;
            last = last with { Last = now, Amount = last.Amount + amount };
            return;
        }

        if (_count == _ring.Length)
        {
            MakeRoom();
        }

        _count++;
        At(_count - 1) = new Admission(now, now, amount);
    }

    /// <summary>Gives an admission back, if it still lies in the window. Those of one moment cannot be told apart, and leave together: what the first of them does not hold, the next does.</summary>
    public void Refund(long stamp, decimal amount)
    {
        for (int i = 0; i < _count && amount > 0; i++)
        {
            ref Admission admission = ref At(i);
            decimal back = admission.First <= stamp && stamp <= admission.Last ? Math.Min(amount, admission.Amount) : 0;
            if (back > 0)
            {
                admission = admission with { Amount = admission.Amount - back };
                Total -= back;
                amount -= back;
                _empty += admission.Amount == 0 ? 1 : 0;
            }
        }
    }

    /// <summary>How long until an amount fits below a maximum; null when it never will.</summary>
    public long? TicksUntilFits(long now, decimal amount, decimal max)
    {
        decimal total = Total;
        for (int i = 0; total + amount > max; i++)
        {
            if (i == _count)
            {
                return null;
            }

            total -= At(i).Amount;
            if (total + amount <= max)
            {
                return At(i).Last + length - now;
            }
        }

        return 0;
    }

    /// <summary>Writes the admissions that count, in a few bytes each.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_count - _empty);
        long before = 0;
        for (int i = 0; i < _count; i++)
        {
            if (At(i) is { Amount: not 0 } admission)
            {
                writer.Write7BitEncodedInt64(admission.First - before);
                writer.Write7BitEncodedInt64(admission.Last - admission.First);
                writer.Write(admission.Amount == 1);
                if (admission.Amount != 1)
                {
                    writer.Write(admission.Amount);
                }

                before = admission.Last;
            }
        }
    }

    /// <summary>Takes up what was saved.</summary>
    public void Load(BinaryReader reader)
    {
        _count = reader.Read7BitEncodedInt();
        _ring = new Admission[Math.Max(4, BitOperations.RoundUpToPowerOf2((uint)_count))];
        (_first, _empty, Total) = (0, 0, 0);
        long before = 0;
        for (int i = 0; i < _count; i++)
        {
            long first = before + reader.Read7BitEncodedInt64();
            before = first + reader.Read7BitEncodedInt64();
            _ring[i] = new Admission(first, before, reader.ReadBoolean() ? 1 : reader.ReadDecimal());
            Total += _ring[i].Amount;
        }
    }

    private ref Admission At(int index) => ref _ring[(_first + index) % _ring.Length];

    /// <summary>Drops what was given back where that is much, else takes a larger ring.</summary>
    private void MakeRoom()
    {
        Admission[] ring = _empty > _count / 2 ? _ring : new Admission[_ring.Length * 2];
        Admission[] kept = ArrayPool<Admission>.Shared.Rent(_count);
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (At(i).Amount != 0)
            {
                kept[count++] = At(i);
            }
        }

        Array.Copy(kept, ring, count);
        ArrayPool<Admission>.Shared.Return(kept);
        (_ring, _first, _count, _empty) = (ring, 0, count, 0);
    }

    /// <summary>One admission, or several of one slice; they leave the window together, with the last of them.</summary>
    private readonly record struct Admission(long First, long Last, decimal Amount);
}

using System.Buffers;
using System.Runtime.InteropServices;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>
/// Which members or items of the present value a keyword has evaluated (2020-12 core, section 11): a bit for each, by its place in the value.
/// Kept only inside schemas that have <c>unevaluatedProperties</c> or <c>unevaluatedItems</c>.
/// </summary>
/// <remarks>
/// The sets lie on each other in one pooled array, as the schemas that asked for them do: at most two, of a bit for each child, for each of the
/// <see cref="EvaluationRun.MaxDepth"/> schemas at work. The pool may give an array of twice the size.
/// </remarks>
internal struct Marks
{
    private ulong[]? _words;
    private int _start;
    private int _count;
    private int _used;

    /// <summary>Whether anybody asks what has been evaluated here.</summary>
    public readonly bool AreKept => _count > 0;

    /// <summary>How many words a set for so many children has.</summary>
    public static int WordsFor(int children) => (children + 63) / 64;

    public readonly void Add(int child) => _words![_start + (child / 64)] |= 1UL << (child % 64);

    public readonly void AddAll() => _words.AsSpan(_start, _count).Fill(ulong.MaxValue);

    public readonly bool Contains(int child) => (_words![_start + (child / 64)] & (1UL << (child % 64))) != 0;

    /// <summary>Begins an empty set for a value with so many children.</summary>
    /// <returns>What <see cref="Close"/> needs.</returns>
    public MarkFrame Open(int children)
    {
        var outer = new MarkFrame(_start, _count);
        _start = _used;
        _count = WordsFor(children);
        _used += _count;
        Reserve();
        _words.AsSpan(_start, _count).Clear();
        return outer;
    }

    /// <summary>Begins an empty set for the value that the present set is about.</summary>
    public MarkFrame OpenSame() => Open(_count * 64);

    /// <summary>Goes back to the set before.</summary>
    /// <param name="outer">What <see cref="Open"/> gave.</param>
    /// <param name="keep">Whether the set before, if it is kept, takes over what was added.</param>
    public void Close(MarkFrame outer, bool keep)
    {
        for (int i = 0; keep && i < outer.Count; i++)
        {
            _words![outer.Start + i] |= _words[_start + i];
        }

        _used = _start;
        (_start, _count) = outer;
    }

    /// <summary>Keeps nothing for a while, because another value is judged, or the same in a way that does not count.</summary>
    public MarkFrame Suspend()
    {
        var outer = new MarkFrame(_start, _count);
        _count = 0;
        return outer;
    }

    public void Resume(MarkFrame outer) => (_start, _count) = outer;

    /// <summary>Gives the memory back. Nothing must be added afterwards.</summary>
    public void Release()
    {
        if (_words is not null)
        {
            ArrayPool<ulong>.Shared.Return(_words);
            _words = null;
        }
    }

    private void Reserve()
    {
        if (_count == 0 || (_words is not null && _used <= _words.Length))
        {
            return;
        }

        ulong[] larger = ArrayPool<ulong>.Shared.Rent(Math.Max(64, _used));
        if (_words is not null)
        {
            _words.AsSpan(0, _start).CopyTo(larger);
            ArrayPool<ulong>.Shared.Return(_words);
        }

        _words = larger;
    }
}

/// <summary>Where a set of <see cref="Marks"/> lies.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MarkFrame(int Start, int Count);

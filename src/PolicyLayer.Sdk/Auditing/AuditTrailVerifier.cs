namespace PolicyLayer.Sdk.Auditing;

/// <summary>Follows the chain of an audit trail line by line, and says where it breaks. Behind a break it goes on from there, so that one change is one problem.</summary>
internal sealed class AuditTrailVerifier(ReadOnlyMemory<byte> key, AuditCheckpoint? checkpoint)
{
    private const string NoHash = "it has no hash";
    private const string NeedsKey = "its hash was made with a key, which is needed to check it";
    private const string WithoutKey = "its hash was made without the key";

    private readonly List<AuditTrailProblem> _problems = [];

    /// <summary>Lines that are none and whose fate the next one tells: a process that ended while it wrote is followed by one that starts.</summary>
    private readonly List<long> _torn = [];

    private long _lines;
    private long _tornLines;
    private long _vouchedLines;
    private long _lastWrong;
    private AuditLink? _last;

    /// <summary>The lines in a row up to here that cannot be checked, all for one reason: those before hashes, or a key, were switched on.</summary>
    private (long First, long Last, string Why)? _unchecked;

    private bool _hasMetCheckpoint;

    /// <summary>Whether the first hash was made with a key; null where there is none yet.</summary>
    private bool? _isKeyed;

    public void Add(in AuditTrailLine line)
    {
        _lines++;
        if (AuditLink.TryRead(line.Text.Span) is not { } link)
        {
            AddUnreadable(line);
            return;
        }

        if (WhyNotNext(link) is { } problem)
        {
            Report(_lines, problem);
            _torn.ForEach(torn => Report(torn, "it is no line of a trail, and what follows does not follow what stood before it"));
        }
        else if (_torn.Count > 0 && link.Kind != "start")
        {
            _torn.ForEach(torn => Report(torn, "it is no line of a trail, and no process has started behind it: it was put in or changed"));
        }
        else
        {
            _tornLines += _torn.Count;
        }

        _torn.Clear();
        Note(WhyChanged(link));

        if (checkpoint is not null && link.Sequence == checkpoint.Sequence)
        {
            _hasMetCheckpoint = true;
            if (link.Hash != checkpoint.Hash)
            {
                Report(_lines, FormattableString.Invariant($"record {link.Sequence} is not the one of the checkpoint: the trail was written anew"), spoils: long.MaxValue);
            }
        }

        _last = link;
    }

    public AuditTrailReport Complete()
    {
        Note(null);
        bool mayBeUnderWay = _torn.Count > 0 && _lastWrong == 0 && (checkpoint is null || _hasMetCheckpoint);
        _torn.ForEach(torn => Report(torn, "it is no line of a trail, and nothing follows it: it was put in or changed"));
        if (checkpoint is not null && !_hasMetCheckpoint)
        {
            Report(Math.Max(1, _lines), FormattableString.Invariant($"the trail ends with record {_last?.Sequence ?? 0}, and the checkpoint is record {checkpoint.Sequence}: lines were cut off"), spoils: long.MaxValue);
        }

        return new AuditTrailReport(_lines, _tornLines, _last is { Hash: { } hash } ? new AuditCheckpoint(_last.Sequence, hash) : null, key.IsEmpty && _isKeyed == true, [.. _problems.OrderBy(static problem => problem.Line)])
        {
            VouchedLines = _vouchedLines,
            IntactFrom = _lastWrong < _lines ? _lastWrong + 1 : null,
            MayBeUnderWay = mayBeUnderWay,
        };
    }

    private void AddUnreadable(in AuditTrailLine line)
    {
        if (!line.CanBeTorn)
        {
            Report(_lines, "it is no line of a trail, and no process that ended while it wrote leaves such a one: it was put in or changed");
        }
        else if (line.IsEnded)
        {
            _torn.Add(_lines);
        }
        else
        {
            // Somebody is writing it, or has ended while he was: it may be the start behind the others.
            _tornLines += _torn.Count + 1;
            _torn.Clear();
        }
    }

    /// <summary>Why a line does not follow the last; null when it does.</summary>
    private string? WhyNotNext(AuditLink link)
    {
        long expected = (_last?.Sequence ?? 0) + 1;
        return link.Sequence > expected && _last is null ? FormattableString.Invariant($"the trail begins with record {link.Sequence}: the records before it are missing")
            : link.Sequence > expected ? FormattableString.Invariant($"record {link.Sequence} follows record {expected - 1}: those between them are missing")
            : link.Sequence < expected ? FormattableString.Invariant($"record {link.Sequence} follows record {expected - 1}: it was moved, or written twice")
            : link.Previous != _last?.Hash ? FormattableString.Invariant($"record {link.Sequence} was not written behind the one before it: one of both was put in or written anew")
            : null;
    }

    /// <summary>Why a line is not as it was written; null when it is.</summary>
    private string? WhyChanged(AuditLink link)
    {
        if (link.Hash is not { } hash)
        {
            return NoHash;
        }

        bool isKeyed = AuditHash.IsKeyed(hash);
        _isKeyed ??= isKeyed;
        if (isKeyed && key.IsEmpty)
        {
            return NeedsKey;
        }

        if (hash != HashOf(link, isKeyed ? key : default))
        {
            return "it was changed: its hash is not that of its text";
        }

        // Who has no key can begin the trail anew, and the process that has it goes on with that: its hash says nothing of what stood there before.
        bool isVouchedFor = !isKeyed && !key.IsEmpty && link.Sequence <= checkpoint?.Sequence;
        _vouchedLines += isVouchedFor ? 1 : 0;
        return isKeyed || key.IsEmpty || isVouchedFor ? null : WithoutKey;
    }

    private static string? HashOf(AuditLink link, ReadOnlyMemory<byte> key)
    {
        try
        {
            return AuditHash.Of(key.Span, link.Previous, link.Line);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reports why the line is not as it was written, if it is not; lines in a row that cannot be checked are one problem.</summary>
    private void Note(string? change)
    {
        if (_unchecked is { } row && change == row.Why)
        {
            _unchecked = row with { Last = _lines };
            return;
        }

        if (_unchecked is var (first, last, why))
        {
            Report(first, last == first ? why : FormattableString.Invariant($"{why}; so it is up to line {last}"), last);
            _unchecked = null;
        }

        if (change is NoHash or NeedsKey or WithoutKey)
        {
            _unchecked = (_lines, _lines, change);
        }
        else if (change is not null)
        {
            Report(_lines, change);
        }
    }

    private void Report(long line, string problem, long spoils = 0)
    {
        _lastWrong = Math.Max(_lastWrong, Math.Max(line, spoils));
        if (_problems.Count < AuditTrail.MaxProblems)
        {
            _problems.Add(new AuditTrailProblem(line, problem));
        }
    }
}

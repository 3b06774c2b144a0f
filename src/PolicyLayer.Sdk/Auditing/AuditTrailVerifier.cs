namespace PolicyLayer.Sdk.Auditing;

/// <summary>Follows the chain of an audit trail line by line, and says where it breaks. Behind a break it goes on from there, so that one change is one problem.</summary>
internal sealed class AuditTrailVerifier(ReadOnlyMemory<byte> key, AuditCheckpoint? checkpoint)
{
    private readonly List<AuditTrailProblem> _problems = [];

    /// <summary>Lines that are none and whose fate the next one tells: a process that ended while it wrote is followed by one that starts.</summary>
    private readonly List<long> _torn = [];

    private long _lines;
    private long _tornLines;
    private AuditLink? _last;
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
        if (WhyChanged(link) is { } change)
        {
            Report(_lines, change);
        }

        if (checkpoint is not null && link.Sequence == checkpoint.Sequence)
        {
            _hasMetCheckpoint = true;
            if (link.Hash != checkpoint.Hash)
            {
                Report(_lines, FormattableString.Invariant($"record {link.Sequence} is not the one of the checkpoint: the trail was written anew"));
            }
        }

        _last = link;
    }

    public AuditTrailReport Complete()
    {
        _torn.ForEach(torn => Report(torn, "it is no line of a trail, and nothing follows it: it was put in or changed"));
        if (checkpoint is not null && !_hasMetCheckpoint)
        {
            Report(Math.Max(1, _lines), FormattableString.Invariant($"the trail ends with record {_last?.Sequence ?? 0}, and the checkpoint is record {checkpoint.Sequence}: lines were cut off"));
        }

        return new AuditTrailReport(_lines, _tornLines, _last is { Hash: { } hash } ? new AuditCheckpoint(_last.Sequence, hash) : null, key.IsEmpty && _isKeyed == true, [.. _problems.OrderBy(static problem => problem.Line)]);
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
            return "it has no hash";
        }

        bool isKeyed = AuditHash.IsKeyed(hash);
        _isKeyed ??= isKeyed;
        return isKeyed && key.IsEmpty ? "its hash was made with a key, which is needed to check it"
            : !isKeyed && !key.IsEmpty ? "its hash was made without the key"
            : hash != HashOf(link) ? "it was changed: its hash is not that of its text"
            : null;
    }

    private string? HashOf(AuditLink link)
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

    private void Report(long line, string problem)
    {
        if (_problems.Count < AuditTrail.MaxProblems)
        {
            _problems.Add(new AuditTrailProblem(line, problem));
        }
    }
}

namespace PolicyLayer.Sdk.Testing;

/// <summary>An audit sink that keeps what it is told, so that a host's test can ask what was recorded.</summary>
/// <remarks>Safe for concurrent use. It keeps everything until it is cleared.</remarks>
public sealed class RecordingAuditSink : IAuditSink
{
    private readonly Lock _lock = new();
    private readonly List<RecordedAudit> _records = [];
    private volatile Exception? _failure;

    /// <summary>What was recorded so far, in the order in which it came: a copy, which does not grow.</summary>
    public IReadOnlyList<RecordedAudit> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>What every write throws from now on, keeping nothing, so that a test sees what its host does when the audit is out. Null, as at first: writes succeed.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>Forgets what was recorded.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    /// <summary>Keeps a record.</summary>
    /// <param name="record">The record; nothing of it is referred to once this has returned.</param>
    /// <param name="cancellationToken">A cancelled one throws.</param>
    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is { } failure)
        {
            return ValueTask.FromException(failure);
        }

        var kept = new RecordedAudit(record);
        lock (_lock)
        {
            _records.Add(kept);
        }

        return default;
    }
}

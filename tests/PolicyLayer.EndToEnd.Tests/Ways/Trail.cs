using System.Collections.Concurrent;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>What was decided of the call under way, and what became of it.</summary>
internal sealed class Trail : IAuditSink
{
    private readonly ConcurrentQueue<string> _decided = [];
    private readonly ConcurrentQueue<string> _outcomes = [];
    private readonly ConcurrentQueue<string> _ran = [];

    /// <summary>Says that a tool runs.</summary>
    public void Run(string call) => _ran.Enqueue(call);

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (record.Kind == AuditKind.Decision)
        {
            _decided.Enqueue(Canonical.Of(record.Decision.ToJsonElement()));
        }
        else if (record.Outcome is { } outcome)
        {
            _outcomes.Enqueue(outcome.ToString());
        }

        return default;
    }

    /// <summary>What is known of the call, which is then forgotten. What was judged or ran twice says so.</summary>
    /// <param name="told">What the caller was told.</param>
    public Answer Take(string? told)
    {
        var answer = new Answer(_decided.IsEmpty ? null : string.Join(" and ", _decided), told, string.Join(" and ", _ran), string.Join(" and ", _outcomes));
        _decided.Clear();
        _ran.Clear();
        _outcomes.Clear();
        return answer;
    }
}

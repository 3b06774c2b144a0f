using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Asks each interpreter once. A failure is not kept: Python may be installed while the host runs.</summary>
internal sealed class InterpreterCache(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ProbeAnswer>>> _answers = new(StringComparer.Ordinal);

    /// <summary>Waits for the answer; a caller that gives up does not spoil it for the others.</summary>
    public async ValueTask<ProbeAnswer> GetAsync(string path, CancellationToken cancellationToken)
    {
        Lazy<Task<ProbeAnswer>> asked = _answers.GetOrAdd(path, static (path, time) => new(() => InterpreterProbe.AskAsync(path, time)), time);
        ProbeAnswer answer = await asked.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Interpreter is null)
        {
            _answers.TryRemove(new(path, asked));
        }

        return answer;
    }

    /// <summary>Forgets an interpreter that is no longer what it was.</summary>
    public void Forget(string path) => _answers.TryRemove(path, out _);
}

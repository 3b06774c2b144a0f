using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Asks each interpreter once in the life of the host. A failure is not kept: Python may be installed meanwhile.</summary>
internal static class InterpreterCache
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ProbeAnswer>>> Answers = new(StringComparer.Ordinal);

    /// <summary>Waits for the answer; a caller that gives up does not spoil it for the others.</summary>
    public static async ValueTask<ProbeAnswer> GetAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        Lazy<Task<ProbeAnswer>> asked = Answers.GetOrAdd(path, static (path, time) => new(() => InterpreterProbe.AskAsync(path, time)), time);
        ProbeAnswer answer = await asked.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Interpreter is null)
        {
            Answers.TryRemove(new(path, asked));
        }

        return answer;
    }

    /// <summary>Forgets an interpreter that does not do what it said: it may have been replaced.</summary>
    public static void Forget(string path) => Answers.TryRemove(path, out _);
}

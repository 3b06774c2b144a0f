namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>Interpreters that are on their way out. No caller waits for them; a shutdown does.</summary>
internal sealed class Endings
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _open = [];

    /// <summary>Ends an interpreter in the background.</summary>
    public void Add(LockedInterpreter interpreter)
    {
        Task ending = Task.Run(async () => await interpreter.DisposeAsync().ConfigureAwait(false));
        lock (_lock)
        {
            _open.Add(ending);
        }

        _ = ending.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until all that were added have ended.</summary>
    public Task WhenAllAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_open);
        }
    }

    private void Forget(Task ending)
    {
        lock (_lock)
        {
            _open.Remove(ending);
        }
    }
}

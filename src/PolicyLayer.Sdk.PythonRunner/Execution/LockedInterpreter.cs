using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>An interpreter that is locked and waits for its one program.</summary>
internal sealed class LockedInterpreter(PythonProcess process, FrameReader frames, RunCollector collector, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What the host's own timer gives on top of what the supervisor keeps itself.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(10);

    /// <summary>What holds it.</summary>
    public PythonIsolation Isolation => collector.Isolation!;

    /// <summary>Why layers are missing, by their names.</summary>
    public IReadOnlyDictionary<string, string> Reasons => collector.Reasons;

    /// <summary>Whether it can still be given a program.</summary>
    public bool IsAlive => process.IsAlive;

    /// <summary>Is done when it ends, whatever ends it.</summary>
    public Task Ended => process.Ended;

    /// <summary>Whether it was given its program. One that died before has run nothing, and another can take its place.</summary>
    public bool HasBegun => collector.IsRunning;

    /// <summary>Whether it holds all the modules that a program wants and can have.</summary>
    public bool Suits(Preparation wanted) => !wanted.Preload.Any(module => collector.Unloaded.Any(
        missing => module.StartsWith(missing, StringComparison.Ordinal) && (module.Length == missing.Length || module[missing.Length] == '.')));

    /// <summary>Runs the program. After a result the interpreter still has to be disposed, which the caller need not wait for.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the processes have ended by then.</exception>
    public async Task<PythonResult> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        using var hard = new CancellationTokenSource(request.Timeout + Allowance, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hard.Token, cancellationToken);
        Task sending = process.SendAsync(RunMessage.Run(request), either.Token);
        try
        {
            PythonResult? result;
            while ((result = await CollectAsync(request.Timeout, either.Token, cancellationToken).ConfigureAwait(false)) is null)
            {
                request.Progress?.Report(PythonRunPhase.Running);
            }

            return result;
        }
        finally
        {
            if (!collector.HasEnded || cancellationToken.IsCancellationRequested)
            {
                await process.EndAsync().ConfigureAwait(false);
            }

            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>Reads until the program has begun, which is null, or until the result. What the caller's own code throws does not come through here.</summary>
    private async Task<PythonResult?> CollectAsync(TimeSpan timeout, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                Frame frame = await frames.ReadNextAsync(either).ConfigureAwait(false);
                if (collector.Take(frame) is { } result)
                {
                    // Its whole group was too large: the kernel's own killer says so, and the signal alone does not.
                    return result.Outcome == PythonOutcome.Signaled && process.RanOutOfMemory ? result.As(PythonOutcome.Memory) : result;
                }

                if (frame.Kind == FrameKind.Started)
                {
                    return null;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return collector.TimedOut(timeout);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return collector.Lost(await process.EndBrokenAsync(e).ConfigureAwait(false));
        }
    }
}

using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>An interpreter that is locked and waits for its one program.</summary>
internal sealed class LockedInterpreter(PythonProcess process, FrameReader frames, RunCollector collector, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What the host's own timer gives on top of what the supervisor keeps itself.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(10);

    /// <summary>Runs the program and ends the interpreter, whatever happens.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the processes have ended by then.</exception>
    public async Task<PythonResult> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        using var hard = new CancellationTokenSource(request.Timeout + Allowance, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hard.Token, cancellationToken);
        Task sending = process.SendAsync(RunMessage.Run(request), either.Token);
        try
        {
            return await CollectAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return collector.TimedOut(request.Timeout);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return await process.EndBrokenAsync(e).ConfigureAwait(false);
        }
        finally
        {
            await process.EndAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<PythonResult> CollectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Frame frame = await frames.ReadNextAsync(cancellationToken).ConfigureAwait(false);
            if (collector.Take(frame) is { } result)
            {
                return result;
            }
        }
    }
}

using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>An interpreter that is locked and waits for its one program.</summary>
internal sealed class LockedInterpreter : IAsyncDisposable
{
    /// <summary>What the host's own timer gives on top of what the supervisor keeps itself.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(10);

    private readonly PythonProcess _process;
    private readonly RunCollector _collector;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _reading = new();
    private readonly FrameReader _frames;
    private readonly Task<Frame?> _next;

    public LockedInterpreter(PythonProcess process, FrameReader frames, RunCollector collector, TimeProvider time)
    {
        _process = process;
        _frames = frames;
        _collector = collector;
        _time = time;
        _next = frames.ReadAsync(_reading.Token).AsTask();
    }

    /// <summary>Done when it died before it was used: until it has a program, a living one has nothing to say.</summary>
    public Task Died => _next;

    /// <summary>Runs the program and ends the interpreter, whatever happens.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the processes have ended by then.</exception>
    public async Task<PythonResult> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        using var hard = new CancellationTokenSource(request.Timeout + Allowance, _time);
        using CancellationTokenRegistration onTime = hard.Token.Register(static source => ((CancellationTokenSource)source!).Cancel(), _reading);
        using CancellationTokenRegistration onCancel = cancellationToken.Register(static source => ((CancellationTokenSource)source!).Cancel(), _reading);
        Task sending = _process.SendAsync(RunMessage.Run(request), _reading.Token);
        try
        {
            return await CollectAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return _collector.TimedOut(request.Timeout);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            string said = await _process.EndAsync().ConfigureAwait(false);
            return PythonResult.NotRun(PythonOutcome.Unavailable, Advice.Broken(said.Length > 0 ? $"{e.Message}: {said}" : e.Message));
        }
        finally
        {
            await _process.EndAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.EndAsync().ConfigureAwait(false);
        await _reading.CancelAsync().ConfigureAwait(false);
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reading.Dispose();
    }

    private async Task<PythonResult> CollectAsync()
    {
        Frame? frame = await _next.ConfigureAwait(false);
        while (frame is { } taken)
        {
            if (_collector.Take(taken) is { } result)
            {
                return result;
            }

            frame = await _frames.ReadAsync(_reading.Token).ConfigureAwait(false);
        }

        throw new InvalidDataException("it ended without a word");
    }
}

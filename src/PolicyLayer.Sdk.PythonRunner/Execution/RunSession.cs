using System.ComponentModel;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>One run from start to end. The supervisor keeps the time; the host keeps its own in case it does not.</summary>
internal static class RunSession
{
    private static readonly TimeSpan StartAllowance = TimeSpan.FromSeconds(10);
    private static readonly string[] Arguments = ["-I", "-S", "-E", "-B", "-X", "utf8", "-c", BootstrapSource.Stub];

    public static async Task<PythonResult> RunAsync(
        RunnerSettings settings, Interpreter interpreter, RunRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        PythonProcess process;
        try
        {
            process = PythonProcess.Start(interpreter.Path, Arguments, ownEnvironment: true, time);
        }
        catch (Win32Exception e)
        {
            return PythonResult.NotRun(PythonOutcome.Unavailable, Advice.NotStarted(interpreter.Path, e.Message));
        }

        await using (process.ConfigureAwait(false))
        {
            using var hard = new CancellationTokenSource(request.Timeout + StartAllowance, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(hard.Token, cancellationToken);
            var collector = new RunCollector(settings);
            Task sending = process.SendAsync(RunMessage.Write(settings, interpreter, request), either.Token);
            try
            {
                return await CollectAsync(process, collector, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return collector.IsRunning
                    ? collector.TimedOut(request.Timeout)
                    : PythonResult.NotRun(PythonOutcome.Unavailable, Advice.Broken("it did not answer in time"));
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                string said = await process.EndAsync().ConfigureAwait(false);
                return PythonResult.NotRun(PythonOutcome.Unavailable, Advice.Broken(said.Length > 0 ? $"{e.Message}: {said}" : e.Message));
            }
            finally
            {
                await process.EndAsync().ConfigureAwait(false);
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<PythonResult> CollectAsync(PythonProcess process, RunCollector collector, CancellationToken cancellationToken)
    {
        var frames = new FrameReader(process.Output);
        while (await frames.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
        {
            if (collector.Take(frame) is { } result)
            {
                return result;
            }
        }

        throw new InvalidDataException("it ended without a word");
    }
}

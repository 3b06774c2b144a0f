using System.ComponentModel;
using PolicyLayer.Sdk.Python.Bootstrap;
using PolicyLayer.Sdk.Python.ControlGroups;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>Starts an interpreter and waits until it says that it is locked.</summary>
internal static class InterpreterStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Arguments = ["-I", "-S", "-E", "-B", "-X", "utf8", "-c", BootstrapSource.Stub];

    /// <summary>A locked interpreter, or the result that says why there is none.</summary>
    public static async Task<(LockedInterpreter? Locked, PythonResult? Failure)> StartAsync(
        RunnerSettings settings, Interpreter interpreter, Preparation preparation, TimeProvider time, CancellationToken cancellationToken)
    {
        PythonProcess process;
        try
        {
            process = PythonProcess.Start(interpreter.Path, Arguments, ownEnvironment: true, time);
        }
        catch (Win32Exception e)
        {
            return (null, PythonResult.NotRun(PythonOutcome.Unavailable, Advice.NotStarted(interpreter.Path, e)));
        }

        if (await EnterGroupAsync(process, settings, time).ConfigureAwait(false) is { } refused)
        {
            return (null, refused);
        }

        bool isKept = false;
        using var hard = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(hard.Token, cancellationToken);
        Task sending = process.SendAsync(RunMessage.Lock(settings, interpreter, preparation), either.Token);
        try
        {
            var collector = new RunCollector(settings);
            var frames = new FrameReader(process.Output);
            Frame report = await frames.ReadNextAsync(either.Token).ConfigureAwait(false);
            if (collector.Take(report) is { } refusal)
            {
                return (null, refusal);
            }

            if (!collector.IsLocked)
            {
                throw new InvalidDataException("what the supervisor wrote is out of order");
            }

            await sending.ConfigureAwait(false);
            isKept = true;
            return (new LockedInterpreter(process, frames, collector, time), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, PythonResult.NotRun(PythonOutcome.Unavailable, Advice.Broken("it did not answer in time")));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return (null, PythonResult.NotRun(PythonOutcome.Unavailable, await process.EndBrokenAsync(e).ConfigureAwait(false)));
        }
        finally
        {
            if (!isKept)
            {
                await process.EndAsync().ConfigureAwait(false);
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Puts it into a group where the host asked for one; the result that says why not, when it could not be.</summary>
    private static async Task<PythonResult?> EnterGroupAsync(PythonProcess process, RunnerSettings settings, TimeProvider time)
    {
        if (settings.CgroupParent is not { } parent)
        {
            return null;
        }

        try
        {
            process.Enter(ControlGroup.Create(parent, settings.CgroupLimits, time));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await process.EndAsync().ConfigureAwait(false);
            return PythonResult.NotRun(PythonOutcome.Unavailable, Advice.NoGroup(parent, e.Message.TrimEnd('.')));
        }
    }
}

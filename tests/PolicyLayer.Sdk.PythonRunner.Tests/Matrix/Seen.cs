using System.Diagnostics;
using System.Text;
using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>What is seen from outside after a payload ended.</summary>
internal sealed record Seen(Stage Stage, Observer? Observer, Ending Ending)
{
    public const int OutputCap = 100_000;
    private const int OwnCode = 77;
    private const long MemoryCap = 256L * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether it got what it wanted. A signal that was sent, or what an enclosure leaves behind, is seen a little later: what is hoped for is waited for.</summary>
    public async Task<bool> IsSuccessAsync(Payload payload, bool hoped)
    {
        IReadOnlyList<int> left = Observer is null ? [] : await Observer.EndAsync(patience: payload.Evidence == Evidence.Outliving);
        Kill(left);
        if (payload.Evidence == Evidence.Victim || payload.Enclosure is not null)
        {
            for (int look = 0; look < (hoped ? 1000 : 4) && !(payload.Evidence == Evidence.Victim ? Stage.IsVictimChanged : Stage.IsChanged); look++)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }

        return payload.Evidence switch
        {
            Evidence.Token => Stage.IsRead(Ending.Output + Ending.Errors),
            Evidence.File => Stage.IsChanged,
            Evidence.Received => Stage.IsReached,
            Evidence.Victim => Stage.IsVictimChanged,
            Evidence.Process => Observer!.MostProcesses > (IsBare ? 1 : 2) || Observer.MostThreads > 1,
            Evidence.Outliving => left.Count > 0,
            Evidence.Memory => Observer!.MostMemory > MemoryCap,
            Evidence.Forged => IsBare ? await IsBelievedAsync(Ending.Output) : Ending.Code == OwnCode && Ending.Outcome == PythonOutcome.Exited,
            Evidence.Supervisor => Ending.Outcome == PythonOutcome.Unavailable,
            Evidence.Unstoppable => Ending.Code == -1,
            Evidence.Flood => Encoding.UTF8.GetByteCount(Ending.Output) > OutputCap || Encoding.UTF8.GetByteCount(Ending.Errors) > OutputCap,
            Evidence.Machine or Evidence.Answered => Ending.Code == OwnCode,
            _ => throw new InvalidOperationException($"nobody looks for {payload.Evidence}"),
        };
    }

    private bool IsBare => Ending.Outcome is null;

    /// <summary>Whether the host would believe these bytes, if they came to it as the supervisor's.</summary>
    private static async Task<bool> IsBelievedAsync(string output)
    {
        var frames = new FrameReader(new MemoryStream(Encoding.Latin1.GetBytes(output)));
        var collector = new RunCollector(RunnerSettings.From(new PythonRunnerOptions()));
        while (await frames.ReadAsync(TestContext.Current.CancellationToken) is { } frame)
        {
            if (collector.Take(frame) is { } result)
            {
                return result.ReturnCode == OwnCode;
            }
        }

        return false;
    }

    private static void Kill(IReadOnlyList<int> processes)
    {
        foreach (int id in processes)
        {
            try
            {
                Process.GetProcessById(id).Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // it ended meanwhile
            }
        }
    }
}

using System.Diagnostics;
using System.IO.Pipes;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>A server that leads a session of its own, and with it a group of processes: what it starts is in the group, and is found there even when its parent is gone.</summary>
/// <remarks>Until it is released it is not reaped, so that its number, and the group's, stay its own.</remarks>
internal sealed class SessionChild : ChildProcess
{
    private readonly Lock _lock = new();
    private readonly int _id;
    private bool _isReleased;

    private SessionChild(int id, Stream input, Stream output)
        : base(input, output)
    {
        _id = id;
        Exited = Task.Factory.StartNew(() => ProcessWaits.UntilEnded(id), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override Task Exited { get; }

    public override bool HasLeftOthers => ProcessGroup.HasLiving(_id);

    /// <summary>Starts it; null when it cannot be.</summary>
    public static SessionChild? TryStart(string path, IReadOnlyList<string> arguments)
    {
        var input = new AnonymousPipeServerStream(PipeDirection.Out);
        var output = new AnonymousPipeServerStream(PipeDirection.In);
        try
        {
            if (PosixSpawn.TryStart(path, arguments, input.ClientSafePipeHandle, output.ClientSafePipeHandle) is not { } id)
            {
                input.Dispose();
                output.Dispose();
                return null;
            }

            return new SessionChild(id, input, output);
        }
        finally
        {
            input.DisposeLocalCopyOfClientHandle();
            output.DisposeLocalCopyOfClientHandle();
        }
    }

    public override void Signal(int signal)
    {
        lock (_lock)
        {
            if (!_isReleased)
            {
                ProcessSignals.Send(-_id, signal);
            }
        }
    }

    public override void Kill()
    {
        lock (_lock)
        {
            if (_isReleased)
            {
                return;
            }

            if (!Exited.IsCompleted)
            {
                KillTree();
            }

            ProcessSignals.Send(-_id, ProcessSignals.Kill);
        }
    }

    public override int Release()
    {
        lock (_lock)
        {
            _isReleased = true;
            return ProcessWaits.Reap(_id);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        if (!_isReleased)
        {
            Kill();
            Release();
        }
    }

    /// <summary>Descendants that have made a group of their own are found by their parents, as far as these live.</summary>
    private void KillTree()
    {
        try
        {
            using Process process = Process.GetProcessById(_id);
            TreeChild.Kill(process);
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }
}

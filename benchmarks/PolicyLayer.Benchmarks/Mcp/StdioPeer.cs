using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>A client on stdio, and the server that it speaks to.</summary>
internal sealed class StdioPeer : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1);
    private int _id = 1;

    private StdioPeer(Process process) => _process = process;

    public static async Task<StdioPeer> StartAsync(string[] command)
    {
        var peer = new StdioPeer(Roles.Start(command));
        peer._process.ErrorDataReceived += static (_, _) => { };
        peer._process.BeginErrorReadLine();
        _ = Task.Run(peer.Read);
        await peer.SayAsync(0, Messages.Initialize);
        await peer.SayAsync(1, Messages.List);
        return peer;
    }

    /// <summary>The server's role: answers line by line.</summary>
    public static async Task ServeAsync()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (input.ReadLine() is { } line)
        {
            output.Write(Messages.Answer(line) + "\n");
        }
    }

    public Task CallAsync()
    {
        int id = Interlocked.Increment(ref _id);
        return SayAsync(id, Messages.Call(id));
    }

    public void Dispose()
    {
        Roles.End(_process);
        _writing.Dispose();
    }

    private async Task SayAsync(int id, string message)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answered;
        byte[] line = Encoding.UTF8.GetBytes(message + "\n");
        await _writing.WaitAsync();
        try
        {
            _process.StandardInput.BaseStream.Write(line);
            _process.StandardInput.BaseStream.Flush();
        }
        finally
        {
            _writing.Release();
        }

        await answered.Task;
    }

    private void Read()
    {
        using var output = new StreamReader(_process.StandardOutput.BaseStream);
        try
        {
            while (output.ReadLine() is { } line)
            {
                _waiting.TryRemove(Messages.IdOf(Encoding.UTF8.GetBytes(line)), out TaskCompletionSource? answered);
                answered!.SetResult();
            }
        }
        catch (InvalidOperationException e)
        {
            foreach (TaskCompletionSource waiting in _waiting.Values)
            {
                waiting.TrySetException(e);
            }
        }
    }
}

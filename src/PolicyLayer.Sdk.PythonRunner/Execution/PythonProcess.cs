using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using PolicyLayer.Sdk.Python.ControlGroups;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>A started interpreter with its three pipes. Ending it leaves no process and no descriptor behind.</summary>
internal sealed class PythonProcess : IAsyncDisposable
{
    private const int KeptErrors = 4096;
    private const int KeptText = 300;

    /// <summary>What the supervisor is given to end the worker by itself; only then it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Stream _input;
    private readonly Stream _errors;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<string> _said;
    private Task<string>? _ending;
    private ControlGroup? _group;

    private PythonProcess(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        _errors = process.StandardError.BaseStream;
        _said = DrainAsync(_errors, _ended.Token);
    }

    public Stream Output { get; }

    /// <summary>Whether it has not ended yet; not to be asked once <see cref="EndAsync"/> was called.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Is done when it ends, whatever ends it.</summary>
    public Task Ended => _said;

    /// <summary>Starts it; with its own environment it gets the two variables of the sandbox, otherwise all of the host's.</summary>
    /// <exception cref="Win32Exception">There is no such program, or it may not be started.</exception>
    public static PythonProcess Start(string path, IEnumerable<string> arguments, bool ownEnvironment, TimeProvider time)
    {
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (ownEnvironment)
        {
            start.WorkingDirectory = "/";
            start.Environment.Clear();
            start.Environment["TZ"] = "UTC0";
            start.Environment["LC_ALL"] = "C.UTF-8";
        }

        return new PythonProcess(Process.Start(start)!, time);
    }

    /// <summary>Whether the kernel killed the worker for the memory that its group took.</summary>
    public bool RanOutOfMemory => _group?.RanOutOfMemory == true;

    /// <summary>Moves it into a group, which is removed with it. It has started nothing by then: it waits for its input.</summary>
    /// <exception cref="IOException">The kernel refuses that.</exception>
    /// <exception cref="UnauthorizedAccessException">The host may not do that.</exception>
    public void Enter(ControlGroup group)
    {
        _group = group;
        group.Add(_process.Id);
    }

    /// <summary>Writes to its standard input and leaves it open. That nobody reads is for the reader of the answer to notice.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await _input.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // it ended, or never listened
        }
    }

    /// <summary>Ends it, if it has not ended; safe to call again.</summary>
    /// <returns>A line of what it wrote to its standard error, for people who look for a fault.</returns>
    public Task<string> EndAsync() => _ending ??= EndOnceAsync();

    /// <summary>Ends it because what it wrote makes no sense.</summary>
    /// <returns>A sentence that says so, with what it wrote to its standard error.</returns>
    public async Task<string> EndBrokenAsync(Exception fault)
    {
        string said = await EndAsync().ConfigureAwait(false);
        return Advice.Broken(said.Length > 0 ? $"{fault.Message}: {said}" : fault.Message);
    }

    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    private async Task<string> EndOnceAsync()
    {
        // The end of its input first: the supervisor then ends and reaps the worker. Killed, it would leave a zombie.
        // What it still has to write is read and thrown away: it listens only when nobody keeps it from writing.
        await _input.DisposeAsync().ConfigureAwait(false);
        Task<string> rest = DrainAsync(Output, _ended.Token);
        if (!await ExitsAsync(Grace).ConfigureAwait(false))
        {
            Kill();
            await ExitsAsync(Grace).ConfigureAwait(false); // a process the kernel cannot end now ends later, and nobody waits for it
        }

        await ((Task)_said.WaitAsync(Grace, _time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ended.CancelAsync().ConfigureAwait(false);
        string said = await _said.ConfigureAwait(false);
        await rest.ConfigureAwait(false);
        await Output.DisposeAsync().ConfigureAwait(false);
        await _errors.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
        _ended.Dispose();
        if (_group is not null)
        {
            await _group.RemoveAsync().ConfigureAwait(false);
        }

        return said;
    }

    private async Task<bool> ExitsAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended meanwhile
        }
    }

    /// <summary>One line for an error message: the end, where Python says what went wrong.</summary>
    private static string Brief(string said)
    {
        string line = said.Trim().Replace('\n', ' ');
        return line.Length <= KeptText ? line : "…" + line[^KeptText..];
    }

    private static async Task<string> DrainAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new byte[KeptErrors];
        var rest = new byte[KeptErrors];
        int size = 0;
        try
        {
            while (true)
            {
                Memory<byte> place = size < KeptErrors ? kept.AsMemory(size) : rest;
                int read = await stream.ReadAsync(place, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                size = Math.Min(KeptErrors, size + read);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // what came until now is enough
        }

        return Brief(Encoding.UTF8.GetString(kept, 0, size));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>Another host of the same store, in a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task _reading;

    /// <param name="store">Which store: its kind, an equals sign, and where it is.</param>
    /// <param name="action"><c>flood</c> or <c>hold</c>.</param>
    /// <param name="max">The limit's maximum.</param>
    /// <param name="counter">The counter's name.</param>
    /// <param name="patience">How many seconds an answer may take.</param>
    public HostProcess(string store, string action, int max, string counter = "c", int patience = 60)
    {
        string host = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../PolicyLayer.SharedStores.TestHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "PolicyLayer.SharedStores.TestHost.dll"));
        var start = new ProcessStartInfo("dotnet", [host, store, action, max.ToString(CultureInfo.InvariantCulture), counter, patience.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false };
        _process = Process.Start(start)!;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How many calls it said were admitted.</summary>
    public int Admitted => Count('+');

    /// <summary>How many calls it said were refused.</summary>
    public int Refused => Count('-');

    /// <summary>How often it said that the store did not answer.</summary>
    public int Unanswered => Count('!');

    /// <summary>Waits until what it said satisfies a condition.</summary>
    public async Task UntilAsync(Func<HostProcess, bool> holds)
    {
        while (!holds(this))
        {
            Assert.False(_process.HasExited, "the other host has ended");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As <c>kill -9</c>; then everything that it said has been read.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        char[] buffer = new char[4096];
        for (int read; (read = await _process.StandardOutput.ReadAsync(buffer)) > 0;)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, read);
            }
        }
    }

    private int Count(char what)
    {
        lock (_said)
        {
            int count = 0;
            foreach (ReadOnlyMemory<char> chunk in _said.GetChunks())
            {
                count += chunk.Span.Count(what);
            }

            return count;
        }
    }
}

using System.Globalization;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Watches the processes that were started by one path, by what the kernel tells of them.</summary>
internal sealed class Observer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _path;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    public Observer(string path)
    {
        _path = path;
        _watching = Task.Run(WatchAsync);
    }

    public int MostProcesses { get; private set; }

    public int MostThreads { get; private set; }

    public long MostMemory { get; private set; }

    /// <summary>Ends the watching, with a last look; with patience, with many: what was killed may take a moment to go.</summary>
    /// <returns>The processes that are still there.</returns>
    public async Task<IReadOnlyList<int>> EndAsync(bool patience)
    {
        await _end.CancelAsync();
        await _watching;
        IReadOnlyList<int> left = Look();
        for (int look = 0; patience && look < 100 && left.Count > 0; look++)
        {
            await Task.Delay(Pause, TimeProvider.System);
            left = Look();
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(patience: false);
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Look();
            await Task.Delay(Pause, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IReadOnlyList<int> Look()
    {
        IReadOnlyList<int> found = Support.ProcessTable.StartedBy(_path);
        MostProcesses = Math.Max(MostProcesses, found.Count);
        foreach (int id in found)
        {
            MostThreads = Math.Max(MostThreads, (int)Number(id, "Threads:"));
            MostMemory = Math.Max(MostMemory, Number(id, "VmHWM:") * 1024);
        }

        return found;
    }

    private static long Number(int id, string key)
    {
        try
        {
            string? line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status")).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }
}

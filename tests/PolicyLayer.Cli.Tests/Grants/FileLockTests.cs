using PolicyLayer.Cli.Grants;
using PolicyLayer.Testing;

namespace PolicyLayer.Cli.Tests.Grants;

public sealed class FileLockTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Second_waits_until_the_first_lets_go()
    {
        string file = _tool.PathOf("grants.json");
        IDisposable first = await FileLock.TakeAsync(file, _time, Token);
        Task<IDisposable> second = FileLock.TakeAsync(file, _time, Token);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(second.IsCompleted);
        first.Dispose();
        await LetTimePassAsync(second);
        (await second).Dispose();
    }

    [Fact]
    public async Task Second_is_told_when_the_first_keeps_it()
    {
        string file = _tool.PathOf("grants.json");
        using IDisposable first = await FileLock.TakeAsync(file, _time, Token);
        Task<IDisposable> second = FileLock.TakeAsync(file, _time, Token);
        await LetTimePassAsync(second);
        UsageException told = await Assert.ThrowsAsync<UsageException>(() => second);
        Assert.Equal($"{file}: another command is changing the file (it holds {file}.lock); try again when it has ended", told.Message);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_told_to()
    {
        string file = _tool.PathOf("grants.json");
        using IDisposable first = await FileLock.TakeAsync(file, _time, Token);
        using var stop = new CancellationTokenSource();
        Task<IDisposable> second = FileLock.TakeAsync(file, _time, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    private async Task LetTimePassAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }
}

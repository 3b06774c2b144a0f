using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>The way to the server: the host's, or one of our own that is made anew as soon as somebody asks and it is down.</summary>
internal sealed class Link : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConfigurationOptions? _configuration;
    private IConnectionMultiplexer? _current;
    private Task<IConnectionMultiplexer>? _connecting;
    private bool _isDisposed;

    public Link(IConnectionMultiplexer hosts) => _current = hosts;

    public Link(ConfigurationOptions configuration) => _configuration = configuration;

    /// <summary>A connection; where it is down and the host's own, whatever the driver does about it.</summary>
    public async ValueTask<IConnectionMultiplexer> GetAsync()
    {
        Task<IConnectionMultiplexer> connecting;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_configuration is null || _current is { IsConnected: true })
            {
                return _current!;
            }

            // One attempt, however many ask.
            connecting = _connecting ??= ConnectAsync(_configuration);
        }

        return await connecting.ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            if (_configuration is not null)
            {
                _current?.Dispose();
            }
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        await Task.Yield();
        try
        {
            ConnectionMultiplexer made = await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
            lock (_lock)
            {
                _current?.Dispose();
                _current = made;
                if (_isDisposed)
                {
                    made.Dispose();
                }
            }

            return made;
        }
        finally
        {
            lock (_lock)
            {
                _connecting = null;
            }
        }
    }
}

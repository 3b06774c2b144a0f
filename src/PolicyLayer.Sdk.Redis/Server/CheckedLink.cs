using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>The way to a server that keeps what it confirms, or whose host accepts that it does not.</summary>
internal sealed class CheckedLink(Link link, bool allowForgetful) : IDisposable
{
    private volatile IConnectionMultiplexer? _checked;

    /// <summary>Asks; a connection is checked before the first question. What was cancelled before it is asked is not asked, and what was asked is not asked again.</summary>
    /// <exception cref="CounterStoreException">The server does not answer, or refuses, or would forget.</exception>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            IConnectionMultiplexer connection = await link.GetAsync().ConfigureAwait(false);
            IDatabase database = connection.GetDatabase();
            if (!ReferenceEquals(_checked, connection))
            {
                await (allowForgetful ? Task.CompletedTask : CheckAsync(database)).ConfigureAwait(false);
                _checked = connection;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return await ask(database).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.Contains("OOM command not allowed", StringComparison.Ordinal))
        {
            throw new CounterStoreException("the server's memory is full", e) { IsFull = true };
        }
        catch (Exception e) when (IsDrivers(e) && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            _checked = null;
            throw new CounterStoreException("Redis " + Failure.Of(e), e);
        }
    }

    public void Dispose() => link.Dispose();

    private static async Task CheckAsync(IDatabase database)
    {
        try
        {
            await Durability.CheckAsync(database).ConfigureAwait(false);
        }
        catch (RedisCommandException e)
        {
            throw new CounterStoreException("the connection may not ask whether the server keeps what it confirms: connect with `allowAdmin=true` and let INFO and CONFIG be asked, or accept that nobody knows with `AllowForgetfulServer`", e);
        }
    }

    private static bool IsDrivers(Exception e) => e is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or OperationCanceledException;
}

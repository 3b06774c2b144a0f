using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>Whether a server keeps what it has confirmed.</summary>
internal static class Durability
{
    /// <exception cref="CounterStoreException">It forgets what it holds when it is restarted, or throws it away when its memory is full.</exception>
    public static async Task CheckAsync(IDatabase database)
    {
        string persistence = (await database.ExecuteAsync("INFO", "persistence").ConfigureAwait(false)).Text();
        if (Field(persistence, "aof_enabled") != "1")
        {
            throw new CounterStoreException("the server forgets what it holds when it is restarted: set `appendonly yes`, or accept that with `AllowForgetfulServer`");
        }

        // With anything else a server that is killed forgets up to two seconds, for it answers before it has written.
        if (await SettingAsync(database, "appendfsync").ConfigureAwait(false) != "always")
        {
            throw new CounterStoreException("the server may forget what it has confirmed when it is killed: set `appendfsync always` (and let CONFIG GET be asked), or accept that with `AllowForgetfulServer`");
        }

        if (await SettingAsync(database, "no-appendfsync-on-rewrite").ConfigureAwait(false) != "no")
        {
            throw new CounterStoreException("the server may forget what it has confirmed while it rewrites its log, when the power fails: set `no-appendfsync-on-rewrite no`, or accept that with `AllowForgetfulServer`");
        }

        string memory = (await database.ExecuteAsync("INFO", "memory").ConfigureAwait(false)).Text();
        if (Field(memory, "maxmemory") is not (null or "0") && Field(memory, "maxmemory_policy") is not (null or "noeviction"))
        {
            throw new CounterStoreException("the server throws away what it holds when its memory is full: set `maxmemory-policy noeviction`, or accept that with `AllowForgetfulServer`");
        }
    }

    /// <summary>What a setting says; null where nobody may ask, for then nobody knows.</summary>
    private static async Task<string?> SettingAsync(IDatabase database, string setting)
    {
        try
        {
            RedisResult[] answer = (await database.ExecuteAsync("CONFIG", "GET", setting).ConfigureAwait(false)).Parts();
            return answer.Length == 2 ? (string?)answer[1] : null;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    private static string? Field(string info, string name) =>
        info.Split('\n').Select(static line => line.Trim().Split(':', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1];
}

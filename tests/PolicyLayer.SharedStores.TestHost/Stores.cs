using PolicyLayer.Sdk;

namespace PolicyLayer.SharedStores.TestHost;

/// <summary>Stores by a text: the kind, an equals sign, and where it is.</summary>
internal static class Stores
{
    public static ICounterStore Open(string store) => store.Split('=', 2) switch
    {
        ["sqlite", string path] => new SqliteCounterStore(path),
        ["redis", string configuration] => new RedisCounterStore(configuration),
        ["postgres", string connection] => new PostgresCounterStore(connection),
        _ => throw new ArgumentException($"no store `{store}`", nameof(store)),
    };
}

using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>Reads what a server answers; nothing, where there should be something, is no answer.</summary>
internal static class Answers
{
    /// <exception cref="CounterStoreException">There are none.</exception>
    public static RedisResult[] Parts(this RedisResult answer) => (RedisResult[]?)answer ?? throw Unknown();

    /// <exception cref="CounterStoreException">There is none.</exception>
    public static string Text(this RedisResult answer) => (string?)answer ?? throw Unknown();

    private static CounterStoreException Unknown() => new("the server's answer is none that was asked for");
}

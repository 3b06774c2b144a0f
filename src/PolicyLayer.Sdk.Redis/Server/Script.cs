using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>The script that runs on the server: one call, one round trip. It goes there by its hash, and whole when the server does not have it, or has it no more.</summary>
internal static class Script
{
    private static readonly string Text = Read();
#pragma warning disable CA5350 // what Redis names scripts by
    private static readonly byte[] Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350

    public static async Task<RedisResult[]> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return (RedisResult[])await database.ScriptEvaluateAsync(Hash, keys, values).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return (RedisResult[])await database.ScriptEvaluateAsync(Text, keys, values).ConfigureAwait(false);
        }
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream("counters.lua")!);
        return reader.ReadToEnd();
    }
}

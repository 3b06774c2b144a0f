using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>A script that runs on the server: one call, one round trip. It goes there by its hash, and whole when the server does not have it, or has it no more.</summary>
/// <remarks>It holds no more than its question needs, for the server makes every function of a script anew at every call; for the same reason counting is written with branches, not functions, and the plain case of a reservation is answered before the first of them.</remarks>
internal sealed class Script
{
    private static readonly string[] Counters = ["numbers", "calendar", "counters", "saving"];

    private readonly string _text;
    private readonly byte[] _hash;

    private Script(string question, params string[] parts)
    {
        Question = question;
        _text = string.Concat(parts.Select(Read));
#pragma warning disable CA5350 // what Redis names scripts by
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(_text));
#pragma warning restore CA5350
    }

    /// <summary>Takes up the history of the server's counters, or begins one.</summary>
    public static Script Begin { get; } = new("begin", "history");

    /// <summary>Renews the leases of hosts.</summary>
    public static Script Renew { get; } = new("renew", "history", "renew");

    /// <summary>Takes all amounts or none.</summary>
    public static Script Reserve { get; } = new("reserve", ["history", "plain", .. Counters, "reserve"]);

    /// <summary>Says whether they could be taken.</summary>
    public static Script Peek { get; } = new("peek", ["history", .. Counters, "reserve"]);

    /// <summary>Gives amounts back.</summary>
    public static Script Refund { get; } = new("refund", ["history", .. Counters, "refund"]);

    /// <summary>Puts a call before people, or says what became of it.</summary>
    public static Script AskApproval { get; } = new(string.Empty, "approvals", "keeping", "ask");

    /// <summary>Answers for a person.</summary>
    public static Script AnswerApproval { get; } = new(string.Empty, "approvals", "keeping", "answer");

    /// <summary>Finds a call that was put before people.</summary>
    public static Script FindApproval { get; } = new(string.Empty, "approvals", "find");

    /// <summary>Finds all of them.</summary>
    public static Script ListApprovals { get; } = new(string.Empty, "approvals", "list");

    /// <summary>What it is told it is asked; empty when it can be asked one thing only.</summary>
    public string Question { get; }

    public async Task<RedisResult[]> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return (await database.ScriptEvaluateAsync(_hash, keys, values).ConfigureAwait(false)).Parts();
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return (await database.ScriptEvaluateAsync(_text, keys, values).ConfigureAwait(false)).Parts();
        }
    }

    private static string Read(string part)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(part + ".lua")!);
        return reader.ReadToEnd();
    }
}

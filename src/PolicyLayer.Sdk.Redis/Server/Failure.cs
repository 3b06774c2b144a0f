using PolicyLayer.Sdk.Counting.Shared;
using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>What went wrong with a server, for people. Of the driver's and the server's own words, which name hosts, users and keys, only the code of an error is used.</summary>
internal static class Failure
{
    private const int LongestCode = 16;

    public static string Of(Exception failure) => failure switch
    {
        RedisServerException refused => "refuses: " + OfCode(refused.Message.Split(' ')[0]),
        ObjectDisposedException => "is not asked: the store or its connection is closed",
        TimeoutException => "does not answer: it took too long",
        _ when ServerFailure.Find<RedisServerException>(failure) is { } refused => Of(refused),
        _ when ServerFailure.Find<RedisConnectionException>(failure, static e => e.FailureType == ConnectionFailureType.AuthenticationFailure) is not null => "refuses: the password or the user is wrong, or missing",
        _ => "does not answer: no connection can be made, or it was lost; see that it runs, can be reached, and takes the password",
    };

    private static string OfCode(string code) => code switch
    {
        "NOAUTH" => "a password is needed",
        "WRONGPASS" => "the password or the user is wrong",
        "NOPERM" => "the user lacks a right",
        "READONLY" => "it can only be read, as a replica can",
        "LOADING" => "it still reads what it has kept",
        "CLUSTERDOWN" => "its cluster is down",
        "MISCONF" => "it cannot write to its disk",
        _ => code.Length is > 0 and <= LongestCode && code.All(char.IsAsciiLetterUpper) ? $"error `{code}`" : "an error",
    };
}

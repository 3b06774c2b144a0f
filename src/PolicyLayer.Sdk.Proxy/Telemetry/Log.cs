using Microsoft.Extensions.Logging;

namespace PolicyLayer.Sdk.Proxy.Telemetry;

/// <summary>Every log line of the package. None quotes what a peer sent.</summary>
internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Warning, "A message of the client could be read in more than one way, or not at all, and was not passed on; nobody can be told, as it has no id that is certain")]
    public static partial void ClientLineDropped(ILogger logger);

    [LoggerMessage(202, LogLevel.Warning, "A message of the server could not be read for certain and was not passed on; a server must write nothing but its protocol to standard output")]
    public static partial void ServerLineDropped(ILogger logger);

    [LoggerMessage(203, LogLevel.Warning, "The server answered a request that does not wait for an answer; the answer was not passed on")]
    public static partial void UnaskedAnswer(ILogger logger);

    /// <param name="logger">The log.</param>
    /// <param name="problem">What is wrong with it.</param>
    [LoggerMessage(205, LogLevel.Error, "The file of grants cannot be read, so nobody is let in: {Problem}")]
    public static partial void GrantsUnreadable(ILogger logger, string problem);

    /// <param name="logger">The log.</param>
    /// <param name="grant">The grant's id, as the file has it.</param>
    [LoggerMessage(206, LogLevel.Error, "The grant {Grant} names policies that are not loaded, so it is not let in")]
    public static partial void UnknownPolicies(ILogger logger, string grant);

    /// <param name="logger">The log.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="problem">What is wrong.</param>
    [LoggerMessage(207, LogLevel.Warning, "The server {Server} could not be asked: {Problem}")]
    public static partial void UpstreamFailed(ILogger logger, string server, string problem);

    [LoggerMessage(208, LogLevel.Warning, "An answer of the server turned out, while it passed, to be none to this request; it was cut off before its end")]
    public static partial void AnswerCutOff(ILogger logger);

    [LoggerMessage(209, LogLevel.Warning, "The proxy was asked again to end, so the server was killed")]
    public static partial void ServerKilledAtOnce(ILogger logger);

    /// <param name="logger">The log.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="problem">What it did.</param>
    [LoggerMessage(210, LogLevel.Warning, "The server {Server} gave no answer that can be passed on: it {Problem}")]
    public static partial void UpstreamUnusable(ILogger logger, string server, string problem);

    [LoggerMessage(211, LogLevel.Warning, "A message of the server could not be read for certain and was not passed on")]
    public static partial void ServerMessageDropped(ILogger logger);

    [LoggerMessage(204, LogLevel.Warning, "The server did not end in time and was killed")]
    public static partial void ServerKilled(ILogger logger);
}

using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>What went wrong with a server, for people. The driver's own words are not used: they name hosts, users and databases, and what a function raises may hold values.</summary>
internal static class Failure
{
    public static string Of(Exception failure) => failure switch
    {
        PostgresException refused => "refuses: " + (OfState(refused.SqlState) is { } reason ? $"{reason} (SQLSTATE {refused.SqlState})" : $"SQLSTATE {refused.SqlState}"),
        ObjectDisposedException => "is not asked: the store or its data source is closed",
        _ when ServerFailure.Find<SocketException>(failure) is { } socket => "does not answer: " + OfSocket(socket.SocketErrorCode),
        _ when ServerFailure.Find<TimeoutException>(failure) is not null => "does not answer: it took too long",
        _ when ServerFailure.Find<AuthenticationException>(failure) is not null => "does not answer: no secure connection can be made",
        _ => "does not answer: the connection was lost, or needs another setting, such as a password",
    };

    private static string? OfState(string state) => state switch
    {
        "28P01" => "the password is wrong, or there is no such user",
        "28000" => "the user may not connect",
        "3D000" => "there is no such database",
        "53300" => "it has too many connections",
        "57P03" => "it starts or ends",
        "42501" => "the user lacks a right",
        "25006" => "it can only be read, as a replica can",
        "P0001" => "the isolation level must be `read committed`",
        _ when state.StartsWith("53", StringComparison.Ordinal) => "it lacks memory, disk or connections",
        _ when state.StartsWith("57P", StringComparison.Ordinal) => "it was stopped, or ended the connection",
        _ => null,
    };

    private static string OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused; see that it runs and listens there",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "nobody knows the name of its host",
        SocketError.TimedOut => "it took too long",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "its host cannot be reached",
        _ => "the connection was lost",
    };
}

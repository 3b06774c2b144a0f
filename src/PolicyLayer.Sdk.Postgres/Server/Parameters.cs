using Npgsql;
using NpgsqlTypes;
using PolicyLayer.Sdk.Counting.Shared;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>What the server's functions are given.</summary>
internal static class Parameters
{
    public static void Add<T>(NpgsqlParameterCollection parameters, T[] values, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });

    public static void Add(NpgsqlParameterCollection parameters, object? value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    /// <summary>Adds the time of a test's clock, or null, by which the server goes by its own.</summary>
    public static void AddClock(NpgsqlParameterCollection parameters, TimeProvider? serverClock) =>
        Add(parameters, serverClock is null ? null : Micros.Of(serverClock.GetUtcNow()), NpgsqlDbType.Bigint);
}

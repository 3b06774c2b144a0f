using Npgsql;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>Reads a connection string. What is wrong with it is never quoted, for it may hold a password.</summary>
internal static class ConnectionText
{
    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            // Eight statements are all that is ever said. Who says how many are prepared may be behind a pooler that keeps none.
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (!builder.ShouldSerialize("Max Auto Prepare"))
            {
                (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (8, 2);
            }

            // What is said leaves nothing behind in a session that would have to be put back before the next one.
            builder.NoResetOnClose = true;
            return builder;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
#pragma warning disable MA0054 // what Npgsql says quotes it
            throw new ArgumentException("the connection string is none that Npgsql understands", nameof(connectionString));
#pragma warning restore MA0054
        }
    }
}

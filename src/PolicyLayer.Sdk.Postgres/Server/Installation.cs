using System.Globalization;
using Npgsql;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>Sees to it that the server has our functions, and that it keeps what it has confirmed.</summary>
internal sealed class Installation(NpgsqlDataSource source) : IDisposable
{
    private const int Version = 10;

    /// <summary>Of all who install at once one does.</summary>
    private const long Lock = 7239018;

    private static readonly string[] Parts = ["counters", "admit", "refund", "before", "approvals"];

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isDone;

    /// <summary>The functions and tables, and last, so that whoever finds it finds the rest, their version.</summary>
    public static string Script { get; } = string.Concat(Parts.Select(Read)) + string.Create(
        CultureInfo.InvariantCulture, $"\nCREATE OR REPLACE FUNCTION policylayer.version() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT {Version}';\n");

    /// <summary>Completes at once when it has succeeded before; a failure is tried again by the next.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isDone)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isDone)
            {
                using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await RefuseForgetfulAsync(connection, cancellationToken).ConfigureAwait(false);
                if (await FindVersionAsync(connection, cancellationToken).ConfigureAwait(false) is not Version)
                {
                    await InstallAsync(connection, cancellationToken).ConfigureAwait(false);
                }

                _isDone = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>A server that forgets what it has confirmed when it is killed would admit it again.</summary>
    private static async Task RefuseForgetfulAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand("SELECT current_setting('fsync') = 'off' OR current_setting('synchronous_commit') = 'off'", connection);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not false)
        {
            throw new CounterStoreException("the server forgets what it has confirmed when it fails: set `fsync` and `synchronous_commit` to `on`");
        }
    }

    private static async Task<int?> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The catalog is read, and not asked by name: a connection remembers that a name meant nothing, after another one has made it.
        using var command = new NpgsqlCommand(
            "SELECT count(*) > 0 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'policylayer' AND p.proname = 'version'", connection);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            return null;
        }

        command.CommandText = "SELECT policylayer.version()";
        int version = Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        return version <= Version ? version : throw new CounterStoreException("the server has what a later version of this library has put there");
    }

    private static async Task InstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Lock})", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        if (await FindVersionAsync(connection, cancellationToken).ConfigureAwait(false) is not Version)
        {
#pragma warning disable CA2100 // a constant of this package
            command.CommandText = Script;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Read(string part)
    {
        using var reader = new StreamReader(typeof(Installation).Assembly.GetManifestResourceStream(part + ".sql")!);
        return reader.ReadToEnd();
    }
}

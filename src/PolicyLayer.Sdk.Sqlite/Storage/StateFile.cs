using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The file: counters by key, and the hosts that hold places. One thread uses it.</summary>
internal sealed class StateFile : IDisposable
{
    private const int Version = 2;

    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _save;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _sweep;
    private readonly SqliteCommand _count;

    /// <exception cref="SqliteException">The file cannot be opened, written, or is none of ours.</exception>
    /// <exception cref="CounterStoreException">It is of a later version, or of another program.</exception>
    public StateFile(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            Prepare();
            _find = Command("SELECT state FROM counter WHERE key = $key", "$key");
            _save = Command("INSERT INTO counter (key, state, idle) VALUES ($key, $state, $idle) ON CONFLICT (key) DO UPDATE SET state = excluded.state, idle = excluded.idle", "$key", "$state", "$idle");
            _delete = Command("DELETE FROM counter WHERE key = $key", "$key");
            _sweep = Command("DELETE FROM counter WHERE key IN (SELECT key FROM counter WHERE idle <= $now ORDER BY idle LIMIT $most)", "$now", "$most");
            _count = Command("SELECT counters FROM size");
            Hosts = new HostTable(Command);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public HostTable Hosts { get; }

    /// <summary>How many counters there are.</summary>
    public long Count => (long)_count.ExecuteScalar()!;

    /// <summary>Begins to write; false when another process still does after a moment.</summary>
    public bool TryBegin()
    {
        int result = raw.sqlite3_exec(_connection.Handle, "BEGIN IMMEDIATE");
        if (result is raw.SQLITE_BUSY)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return true;
    }

    public void Commit() => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, "COMMIT"), _connection.Handle);

    /// <summary>What is saved of a counter; null when there is nothing.</summary>
    public byte[]? Find(string key)
    {
        _find.Parameters[0].Value = key;
        return (byte[]?)_find.ExecuteScalar();
    }

    /// <summary>Saves a counter, and until when it counts.</summary>
    public void Save(string key, byte[] state, long idle)
    {
        _save.Parameters[0].Value = key;
        _save.Parameters[1].Value = state;
        _save.Parameters[2].Value = idle;
        _save.ExecuteNonQuery();
    }

    public void Delete(string key)
    {
        _delete.Parameters[0].Value = key;
        _delete.ExecuteNonQuery();
    }

    /// <summary>Takes out some of those that no longer count.</summary>
    public void Sweep(long now, int most)
    {
        _sweep.Parameters[0].Value = now;
        _sweep.Parameters[1].Value = most;
        _sweep.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _commands.ForEach(static command => command.Dispose());
        _connection.Dispose();
    }

    private void Prepare()
    {
        // What is answered is on the disk first: an admission that a power cut forgets would be admitted again.
        Execute("PRAGMA busy_timeout = 50; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Execute("BEGIN IMMEDIATE");
        using SqliteCommand version = _connection.CreateCommand();
        version.CommandText = "SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
        using (SqliteDataReader reader = version.ExecuteReader())
        {
            reader.Read();
            if (reader.GetInt32(0) != Version && (reader.GetInt32(0) != 0 || reader.GetInt32(1) != 0))
            {
                throw new CounterStoreException("the file holds something else than counters of this version; name another file");
            }
        }

        Execute("""
            CREATE TABLE IF NOT EXISTS counter (key TEXT PRIMARY KEY, state BLOB NOT NULL, idle INTEGER NOT NULL) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS counter_idle ON counter (idle);
            CREATE TABLE IF NOT EXISTS host (id BLOB PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS size (counters INTEGER NOT NULL);
            INSERT INTO size SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM size);
            CREATE TRIGGER IF NOT EXISTS counter_in AFTER INSERT ON counter BEGIN UPDATE size SET counters = counters + 1; END;
            CREATE TRIGGER IF NOT EXISTS counter_out AFTER DELETE ON counter BEGIN UPDATE size SET counters = counters - 1; END;
            PRAGMA user_version = 2;
            COMMIT
            """);
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        _commands.Add(command);
#pragma warning disable CA2100 // constants of this folder
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (string name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}

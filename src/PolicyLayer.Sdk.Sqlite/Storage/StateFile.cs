using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The file: counters by key, the hosts that hold places, and the calls that were put before people. One thread uses it.</summary>
internal sealed class StateFile : IDisposable
{
    private const int Version = 3;

    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;

    /// <exception cref="SqliteException">The file cannot be opened, written, or is none of ours.</exception>
    /// <exception cref="CounterStoreException">It is of a later version, or of another program.</exception>
    public StateFile(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            Make(path);
            _connection.Open();
            Prepare();
            _begin = new Statement(_connection.Handle!, "BEGIN IMMEDIATE");
            _commit = new Statement(_connection.Handle!, "COMMIT");
            Counters = new CounterTable(_connection.Handle!);
            Hosts = new HostTable(_connection.Handle!);
            Approvals = new ApprovalTable(_connection.Handle!);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public CounterTable Counters { get; }

    public HostTable Hosts { get; }

    public ApprovalTable Approvals { get; }

    /// <summary>Begins to write; false when another process still does after a moment.</summary>
    public bool TryBegin()
    {
        try
        {
            _begin.Run();
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            return false;
        }
    }

    public void Commit() => _commit.Run();

    public void Dispose()
    {
        _begin?.Dispose();
        _commit?.Dispose();
        Counters?.Dispose();
        Hosts?.Dispose();
        Approvals?.Dispose();
        _connection.Dispose();
    }

    /// <summary>Makes the file for its owner alone where there is none, for it holds what scopes and arguments are. SQLite gives the files beside it the same rights.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
        {
            return;
        }

        try
        {
            using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process was first, or SQLite says what is wrong.
        }
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
                throw new CounterStoreException("the file holds something else than counters and approvals of this version; name another file");
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
            CREATE TABLE IF NOT EXISTS approval (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, grant_id TEXT NOT NULL, status INTEGER NOT NULL,
                asked INTEGER NOT NULL, expires INTEGER NOT NULL, answered INTEGER, answered_by TEXT, details TEXT NOT NULL);
            CREATE UNIQUE INDEX IF NOT EXISTS approval_open ON approval (fingerprint) WHERE status <> 3;
            CREATE INDEX IF NOT EXISTS approval_times ON approval (expires, asked, answered);
            PRAGMA user_version = 3;
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
}

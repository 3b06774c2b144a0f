using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>A statement that is prepared once and run many times, by one thread.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">There is no such statement in the file.</exception>
    public Statement(sqlite3 file, string sql)
    {
        _file = file;
        Check(raw.sqlite3_prepare_v2(file, sql, out _statement));
    }

    /// <summary>Sets a parameter, counted from 1.</summary>
    public Statement Set(int parameter, string? value)
    {
        // With its length, for it may hold a zero; no bytes at all would be null.
        Check(string.IsNullOrEmpty(value)
            ? raw.sqlite3_bind_text(_statement, parameter, value)
            : raw.sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    /// <inheritdoc cref="Set(int, string)"/>
    public Statement Set(int parameter, long? value)
    {
        Check(value is { } integer ? raw.sqlite3_bind_int64(_statement, parameter, integer) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <inheritdoc cref="Set(int, string)"/>
    public Statement Set(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false behind the last.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        if (raw.sqlite3_step(_statement) == raw.SQLITE_ROW)
        {
            return true;
        }

        // Says what went wrong in the step, if anything did.
        End();
        return false;
    }

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Leaves the rows that nobody needs; the statement can be run anew.</summary>
    public void End() => Check(raw.sqlite3_reset(_statement));

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>The bytes of a column, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _file);
}

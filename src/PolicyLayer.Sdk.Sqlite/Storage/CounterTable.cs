using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The counters by key, each with the moment from which it counts no more, or somewhat later.</summary>
internal sealed class CounterTable(sqlite3 file) : IDisposable
{
    private readonly Statement _find = new(file, "SELECT state, idle FROM counter WHERE key = ?");
    private readonly Statement _save = new(file, "INSERT INTO counter (key, state, idle) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET state = excluded.state, idle = excluded.idle");
    private readonly Statement _change = new(file, "INSERT INTO counter (key, state, idle) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET state = excluded.state");
    private readonly Statement _delete = new(file, "DELETE FROM counter WHERE key = ?");
    private readonly Statement _sweep = new(file, "DELETE FROM counter WHERE key IN (SELECT key FROM counter WHERE idle <= ? ORDER BY idle LIMIT ?)");
    private readonly Statement _ending = new(file, "SELECT key, state FROM counter WHERE idle = ?");
    private readonly Statement _count = new(file, "SELECT counters FROM size");

    /// <summary>How many there are.</summary>
    public long Count
    {
        get
        {
            long count = _count.Step() ? _count.Integer(0) : 0;
            _count.End();
            return count;
        }
    }

    /// <summary>What is saved of a counter, and until when it counts; null when there is nothing.</summary>
    public byte[]? Find(string key, out long idle)
    {
        if (!_find.Set(1, key).Step())
        {
            idle = 0;
            return null;
        }

        byte[] state = _find.Bytes(0).ToArray();
        idle = _find.Integer(1);
        _find.End();
        return state;
    }

    /// <summary>The counters that are said to end at a moment, by key.</summary>
    public Dictionary<string, byte[]> EndingAt(long idle)
    {
        var states = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        _ending.Set(1, idle);
        while (_ending.Step())
        {
            states.Add(_ending.Text(0), _ending.Bytes(1).ToArray());
        }

        return states;
    }

    /// <summary>Saves a counter, and until when it counts.</summary>
    public void Save(string key, ReadOnlySpan<byte> state, long idle) => _save.Set(1, key).Set(2, state).Set(3, idle).Run();

    /// <summary>Saves a counter that counts as long as it was found to do, so that no index is written.</summary>
    public void Change(string key, ReadOnlySpan<byte> state, long idle) => _change.Set(1, key).Set(2, state).Set(3, idle).Run();

    public void Delete(string key) => _delete.Set(1, key).Run();

    /// <summary>Takes out some of those that no longer count.</summary>
    public void Sweep(long now, int most) => _sweep.Set(1, now).Set(2, most).Run();

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_find, _save, _change, _delete, _sweep, _ending, _count])
        {
            statement.Dispose();
        }
    }
}

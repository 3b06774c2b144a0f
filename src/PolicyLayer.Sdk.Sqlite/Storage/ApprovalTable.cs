using PolicyLayer.Sdk.Approvals;
using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The calls that were put before people, by the order in which they were asked; times in ticks of UTC. No two that are not used up have one fingerprint.</summary>
internal sealed class ApprovalTable(sqlite3 file) : IDisposable
{
    private const string Columns = "SELECT details, status, asked, expires, answered, answered_by FROM approval ";

    private readonly Statement _find = new(file, Columns + "WHERE id = ?");
    private readonly Statement _open = new(file, Columns + "WHERE fingerprint = ? AND status <> 3");
    private readonly Statement _list = new(file, Columns + "WHERE expires > ? ORDER BY number");
    private readonly Statement _add = new(file, "INSERT INTO approval (id, fingerprint, grant_id, status, asked, expires, details) VALUES (?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _change = new(file, "UPDATE approval SET status = ?2, expires = ?3, answered = ?4, answered_by = ?5 WHERE id = ?1");
    private readonly Statement _sweep = new(file, "DELETE FROM approval WHERE expires <= ?");
    private readonly Statement _count = new(file, "SELECT count(*) FROM approval");
    private readonly Statement _waiting = new(file, "SELECT count(*) FROM approval WHERE grant_id = ? AND status = 0");
    private readonly Statement _latest = new(file, "SELECT max(max(asked, coalesce(answered, 0))) FROM approval");
    private readonly Statement _turnBack = new(file, "UPDATE approval SET asked = max(0, asked - ?1), expires = max(0, expires - ?1), answered = max(0, answered - ?1)");

    /// <summary>How many there are.</summary>
    public long Count => Integer(_count);

    /// <summary>When something was asked or answered last; 0 when there is nothing.</summary>
    public long Latest => Integer(_latest);

    /// <summary>How many of a grant wait.</summary>
    public long Waiting(string grant) => Integer(_waiting.Set(1, grant));

    /// <summary>The one of a name, also when it has expired; null when there is none.</summary>
    public StoredApproval? Find(string id) => First(_find, id);

    /// <summary>The one that is not used up; null when there is none.</summary>
    public StoredApproval? Open(string fingerprint) => First(_open, fingerprint);

    /// <summary>All that have not expired.</summary>
    public IReadOnlyList<StoredApproval> List(long now)
    {
        var all = new List<StoredApproval>();
        try
        {
            _list.Set(1, now);
            while (_list.Step())
            {
                all.Add(Row(_list));
            }
        }
        finally
        {
            _list.End();
        }

        return all;
    }

    public void Add(StoredApproval approval) => _add
        .Set(1, approval.Id).Set(2, approval.Fingerprint).Set(3, approval.Grant).Set(4, (long)approval.Status).Set(5, approval.AskedAt.UtcTicks).Set(6, approval.ExpiresAt.UtcTicks)
        .Set(7, ApprovalDetails.Write(approval)).Run();

    /// <summary>Writes what has become of one.</summary>
    public void Change(StoredApproval approval) => _change
        .Set(1, approval.Id).Set(2, (long)approval.Status).Set(3, approval.ExpiresAt.UtcTicks).Set(4, approval.AnsweredAt?.UtcTicks).Set(5, approval.AnsweredBy).Run();

    /// <summary>Takes out those that have expired.</summary>
    public void Sweep(long now) => _sweep.Set(1, now).Run();

    /// <summary>Moves all times back.</summary>
    public void TurnBack(long ticks) => _turnBack.Set(1, ticks).Run();

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_find, _open, _list, _add, _change, _sweep, _count, _waiting, _latest, _turnBack])
        {
            statement.Dispose();
        }
    }

    private static long Integer(Statement statement)
    {
        long value = statement.Step() ? statement.Integer(0) : 0;
        statement.End();
        return value;
    }

    private static StoredApproval? First(Statement statement, string key)
    {
        try
        {
            return statement.Set(1, key).Step() ? Row(statement) : null;
        }
        finally
        {
            statement.End();
        }
    }

    private static StoredApproval Row(Statement statement) => ApprovalDetails.Read(statement.Text(0)) with
    {
        Status = (ApprovalStatus)statement.Integer(1),
        AskedAt = Time(statement.Integer(2)),
        ExpiresAt = Time(statement.Integer(3)),
        AnsweredAt = statement.IsNull(4) ? null : Time(statement.Integer(4)),
        AnsweredBy = statement.IsNull(5) ? null : statement.Text(5),
    };

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}

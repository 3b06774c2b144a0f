using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The hosts that hold places, each until its lease lapses.</summary>
internal sealed class HostTable(sqlite3 file) : IDisposable
{
    private readonly Statement _lapse = new(file, "DELETE FROM host WHERE until <= ? RETURNING 1");
    private readonly Statement _alive = new(file, "SELECT id FROM host");
    private readonly Statement _keep = new(file, "INSERT INTO host (id, until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET until = max(until, excluded.until)");
    private readonly Statement _renew = new(file, "UPDATE host SET until = max(until, ?2) WHERE id = ?1");

    /// <summary>Forgets those whose lease has lapsed, and says who is left.</summary>
    public HashSet<Guid> Alive(long now, out bool haveLapsed)
    {
        haveLapsed = false;
        _lapse.Set(1, now);
        while (_lapse.Step())
        {
            haveLapsed = true;
        }

        var alive = new HashSet<Guid>();
        while (_alive.Step())
        {
            alive.Add(new Guid(_alive.Bytes(0)));
        }

        return alive;
    }

    /// <summary>Takes a host in, or lengthens its lease.</summary>
    public void Keep(Guid host, long until) => Run(_keep, host, until);

    /// <summary>Lengthens the lease of a host that has not lapsed.</summary>
    public void Renew(Guid host, long until) => Run(_renew, host, until);

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_lapse, _alive, _keep, _renew])
        {
            statement.Dispose();
        }
    }

    private static void Run(Statement statement, Guid host, long until) => statement.Set(1, host.ToByteArray()).Set(2, until).Run();
}

using Microsoft.Data.Sqlite;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The hosts that hold places, each until its lease lapses.</summary>
internal sealed class HostTable(Func<string, string[], SqliteCommand> command)
{
    private readonly SqliteCommand _lapse = command("DELETE FROM host WHERE until <= $now", ["$now"]);
    private readonly SqliteCommand _alive = command("SELECT id FROM host", []);
    private readonly SqliteCommand _keep = command("INSERT INTO host (id, until) VALUES ($id, $until) ON CONFLICT (id) DO UPDATE SET until = max(until, excluded.until)", ["$id", "$until"]);
    private readonly SqliteCommand _renew = command("UPDATE host SET until = max(until, $until) WHERE id = $id", ["$id", "$until"]);

    /// <summary>Forgets those whose lease has lapsed, and says who is left.</summary>
    public HashSet<Guid> Alive(long now)
    {
        _lapse.Parameters[0].Value = now;
        _lapse.ExecuteNonQuery();
        var alive = new HashSet<Guid>();
        using SqliteDataReader reader = _alive.ExecuteReader();
        while (reader.Read())
        {
            alive.Add(new Guid(reader.GetFieldValue<byte[]>(0)));
        }

        return alive;
    }

    /// <summary>Takes a host in, or lengthens its lease.</summary>
    public void Keep(Guid host, long until) => Run(_keep, host, until);

    /// <summary>Lengthens the lease of a host that has not lapsed.</summary>
    public void Renew(Guid host, long until) => Run(_renew, host, until);

    private static void Run(SqliteCommand command, Guid host, long until)
    {
        command.Parameters[0].Value = host.ToByteArray();
        command.Parameters[1].Value = until;
        command.ExecuteNonQuery();
    }
}

using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Sqlite.Counting;

/// <summary><c>concurrent</c> among several hosts: what each of them runs now. The places of a host whose lease has lapsed are free.</summary>
internal sealed class LeasedCalls(HostRegister hosts) : CounterState
{
    private readonly Dictionary<Guid, decimal> _running = [];

    public override bool IsIdle => _running.Count == 0;

    // Only its host, or the lease's end, frees a place, and neither is told in time.
    public override long IdleAt => long.MaxValue;

    public override void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_running.Count);
        foreach ((Guid host, decimal places) in _running)
        {
            writer.Write(host.ToByteArray());
            writer.Write(places);
        }
    }

    public override void Load(BinaryReader reader)
    {
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            _running[new Guid(reader.ReadBytes(16))] = reader.ReadDecimal();
        }
    }

    public override void Advance(in CounterTime now)
    {
        foreach (Guid host in _running.Keys)
        {
            if (!hosts.IsAlive(host))
            {
                _running.Remove(host);
            }
        }
    }

    public override decimal Remaining(CounterLimit limit) => Math.Max(0, limit.Max - Total);

    public override bool Fits(decimal amount, CounterLimit limit) => Total + amount <= limit.Max;

    public override TimeSpan? WaitFor(in CounterTime now, decimal amount, CounterLimit limit) => null;

    public override void Add(in CounterTime now, decimal amount) => _running[hosts.Asking] = _running.GetValueOrDefault(hosts.Asking) + amount;

    public override void Refund(in CounterTime stamp, decimal amount)
    {
        if (_running.TryGetValue(hosts.Asking, out decimal places) && places > amount)
        {
            _running[hosts.Asking] = places - amount;
        }
        else
        {
            _running.Remove(hosts.Asking);
        }
    }

    private decimal Total => _running.Values.Sum();
}

using System.Diagnostics.CodeAnalysis;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Sqlite.Counting;

/// <summary><c>concurrent</c> among several hosts: what each of them runs now. The places of a host whose lease has lapsed are free.</summary>
internal sealed class LeasedCalls : SavableCounter
{
    /// <summary>What the file says of its end, and of no other counter's: it goes with its hosts.</summary>
    public const long GoesWithHosts = long.MaxValue - 1;

    /// <summary>Places count the same whatever limit they are of.</summary>
    private static readonly CounterKind Any = new("", "", CounterLimit.Create(LimitAlgorithm.Concurrent, 0), TimeSpan.TicksPerSecond);

    private readonly HostRegister _hosts;
    private readonly Dictionary<Guid, Int128> _running = [];

    [SetsRequiredMembers]
    public LeasedCalls(HostRegister hosts)
    {
        _hosts = hosts;
        Kind = Any;
    }

    public override bool IsIdle => _running.Count == 0;

    // Only its host, or the lease's end, frees a place, and neither is told in time.
    public override long IdleAt => GoesWithHosts;

    public override void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_running.Count);
        foreach ((Guid host, Int128 places) in _running)
        {
            writer.Write(host.ToByteArray());
            writer.Write(Millionths.ToDecimal(places));
        }
    }

    public override void Load(BinaryReader reader)
    {
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            _running[new Guid(reader.ReadBytes(16))] = Millionths.Of(reader.ReadDecimal());
        }
    }

    public override void Advance(in CounterTime now)
    {
        foreach (Guid host in _running.Keys)
        {
            if (!_hosts.IsAlive(host))
            {
                _running.Remove(host);
            }
        }
    }

    public override Int128 Remaining(CounterLimit limit) => Int128.Max(0, limit.MaxMillionths - Total);

    public override bool Fits(Int128 amount, CounterLimit limit) => Total + amount <= limit.MaxMillionths;

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit) => null;

    public override void Add(in CounterTime now, Int128 amount) => _running[_hosts.Asking] = _running.GetValueOrDefault(_hosts.Asking) + amount;

    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit)
    {
        if (_running.TryGetValue(_hosts.Asking, out Int128 places) && places > amount)
        {
            _running[_hosts.Asking] = places - amount;
        }
        else
        {
            _running.Remove(_hosts.Asking);
        }
    }

    private Int128 Total => _running.Values.Aggregate(Int128.Zero, static (sum, places) => sum + places);
}

using System.Diagnostics.Metrics;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A meter of a test's own, as a host's factory gives it, and every measurement of it as text; or what a listener does instead.</summary>
internal sealed class HeardMetrics : IMeterFactory
{
    private readonly Meter _meter = new(ToolPolicyTelemetry.MeterName);
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, double Value, string Tags)> _measurements = [];
    private readonly Action? _instead;

    /// <param name="instead">What the listener does with a measurement; null keeps it.</param>
    /// <param name="instruments">The instruments that are listened to; none means all.</param>
    public HeardMetrics(Action? instead = null, params string[] instruments)
    {
        _instead = instead;
        Metrics = ToolPolicyMetrics.Of(_meter);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _meter))
            {
                Instruments.Add(instrument);
                if (instruments.Length == 0 || instruments.Contains(instrument.Name))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    public ToolPolicyMetrics Metrics { get; }

    public List<Instrument> Instruments { get; } = [];

    public IReadOnlyList<(string Instrument, double Value, string Tags)> All
    {
        get
        {
            lock (_measurements)
            {
                return [.. _measurements];
            }
        }
    }

    /// <summary>The tags of each measurement of one instrument.</summary>
    public string[] TagsOf(string instrument) => [.. All.Where(one => one.Instrument == instrument).Select(static one => one.Tags)];

    public Meter Create(MeterOptions options) => options.Name == _meter.Name ? _meter : throw new ArgumentException("no such meter", nameof(options));

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_instead is not null)
        {
            _instead();
            return;
        }

        string text = string.Join(", ", tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
        lock (_measurements)
        {
            _measurements.Add((instrument.Name, value, text));
        }
    }
}

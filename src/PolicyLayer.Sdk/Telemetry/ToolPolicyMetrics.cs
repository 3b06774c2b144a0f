using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>Every instrument of the package. None has the value of an argument in a tag, and a listener that throws is its own affair.</summary>
internal sealed class ToolPolicyMetrics
{
    private static readonly InstrumentAdvice<double> FromMicrosecondsToSeconds = new()
    {
        HistogramBucketBoundaries = [1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _failures;

    private ToolPolicyMetrics(Meter meter)
    {
        _decisions = meter.CreateCounter<long>("policylayer.decisions", "{decision}", "Tool calls that were judged.");
        _durations = meter.CreateHistogram("policylayer.decision.duration", "s", "How long decisions took, waiting for stores, approvals and the audit included.", tags: null, FromMicrosecondsToSeconds);
        _outcomes = meter.CreateCounter<long>("policylayer.outcomes", "{call}", "What became of allowed calls.");
        _failures = meter.CreateCounter<long>("policylayer.failures", "{failure}", "What failed inside; what needed it was denied or done without, and the log says more.");
    }

    /// <summary>Those of guards and callers without a host's factory.</summary>
    public static ToolPolicyMetrics Shared { get; } = Of(new Meter(ToolPolicyTelemetry.MeterName));

    /// <summary>Whether anybody listens to decisions.</summary>
    public bool HearDecisions => _decisions.Enabled || _durations.Enabled;

    /// <summary>Whether anybody wants to know how long decisions take.</summary>
    public bool TakeTime => _durations.Enabled;

    /// <summary>Whether anybody listens to what becomes of calls.</summary>
    public bool HearOutcomes => _outcomes.Enabled;

    /// <summary>The instruments of a meter; those of none where somebody who listens to meters throws at the sight of them.</summary>
    public static ToolPolicyMetrics Of(Meter meter)
    {
        try
        {
            return new ToolPolicyMetrics(meter);
        }
        catch (Exception)
        {
            var ended = new Meter(ToolPolicyTelemetry.MeterName);
            ended.Dispose();
            return new ToolPolicyMetrics(ended);
        }
    }

    /// <summary>Counts a decision.</summary>
    /// <param name="reason">Its reason's code.</param>
    /// <param name="result">What it says, in a word: two decisions of one reason may differ in it.</param>
    /// <param name="tool">The tool, by one of few names.</param>
    /// <param name="took">How long it took; null when that was not measured.</param>
    public void Decided(string reason, string result, string tool, TimeSpan? took)
    {
        Count(_decisions, new TagList { { TagNames.Reason, reason }, { TagNames.Result, result }, { TagNames.Tool, tool } });
        try
        {
            if (took is { TotalSeconds: var seconds })
            {
                _durations.Record(seconds, new KeyValuePair<string, object?>(TagNames.Reason, reason));
            }
        }
        catch (Exception)
        {
            // As in Count.
        }
    }

    /// <summary>Counts what became of an allowed call.</summary>
    /// <param name="outcome">The outcome as the audit writes it.</param>
    /// <param name="tool">The tool, by one of few names.</param>
    public void Completed(string outcome, string tool) => Count(_outcomes, new TagList { { TagNames.Outcome, outcome }, { TagNames.Tool, tool } });

    /// <summary>Counts a failure.</summary>
    /// <param name="failure">What failed, by one of few names.</param>
    public void Failed(string failure) => Count(_failures, new TagList { { TagNames.Failure, failure } });

    private static void Count(Counter<long> counter, in TagList tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // A measurement that somebody cannot take decides no call.
        }
    }
}

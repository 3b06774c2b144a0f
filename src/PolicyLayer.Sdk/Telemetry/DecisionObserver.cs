using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>Tells those who listen to metrics and traces what a guard, and those of some of its policies, decide.</summary>
internal sealed class DecisionObserver(ToolPolicyMetrics metrics, TimeProvider time)
{
    private readonly ToolNames _names = new();

    /// <summary>Whether anybody listens to decisions.</summary>
    public bool IsAsked => metrics.HearDecisions || DecisionSpan.IsAsked;

    /// <summary>Has the guard decide, and tells of it. Where only metrics are listened to, this is as synchronous and free of allocation as the decision.</summary>
    public ValueTask<ToolDecision> DecideAsync(ToolGuard guard, in ToolCall call, CancellationToken cancellationToken) =>
        DecisionSpan.IsAsked ? TraceAsync(guard, call, cancellationToken) : MeasureAsync(guard, call, cancellationToken);

    /// <summary>Tells what became of an allowed call.</summary>
    public void Completed(in ToolDecision decision, ToolOutcome outcome)
    {
        if (metrics.HearOutcomes)
        {
            metrics.Completed(AuditLine.Outcome(outcome), NameOf(decision));
        }
    }

    private async ValueTask<ToolDecision> TraceAsync(ToolGuard guard, ToolCall call, CancellationToken cancellationToken)
    {
        using var span = DecisionSpan.Start(_names.Of(guard.Policies, call.Tool, isAllowed: false));
        ToolDecision decision = await MeasureAsync(guard, call, cancellationToken).ConfigureAwait(false);
        span.Decided(decision, NameOf(decision));
        return decision;
    }

    private ValueTask<ToolDecision> MeasureAsync(ToolGuard guard, in ToolCall call, CancellationToken cancellationToken)
    {
        long? startedAt = metrics.TakeTime ? time.GetTimestamp() : null;
        ValueTask<ToolDecision> deciding = guard.DecideAsync(call, cancellationToken);
        return deciding.IsCompletedSuccessfully ? new ValueTask<ToolDecision>(Measured(deciding.Result, startedAt)) : Awaited(deciding, startedAt);

        async ValueTask<ToolDecision> Awaited(ValueTask<ToolDecision> waiting, long? startedAt) => Measured(await waiting.ConfigureAwait(false), startedAt);
    }

    private ToolDecision Measured(in ToolDecision decision, long? startedAt)
    {
        if (metrics.HearDecisions)
        {
            metrics.Decided(decision.ReasonCode, DecisionText.Word(decision), NameOf(decision), startedAt is { } start ? time.GetElapsedTime(start) : null);
        }

        return decision;
    }

    private string NameOf(in ToolDecision decision) => _names.Of(decision.Policies, decision.Call.Tool, decision.IsAllowed);
}

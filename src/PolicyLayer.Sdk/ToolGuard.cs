using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.Decisions;
using PolicyLayer.Sdk.Explanations;
using PolicyLayer.Sdk.Policies;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk;

/// <summary>Enforces policies: judges a call, reserves the limits it counts against, and records what was decided.</summary>
/// <remarks>Safe for concurrent use. An allowed call must be settled with <see cref="CompleteAsync"/>; until then its limits stay charged.</remarks>
public sealed class ToolGuard
{
    private readonly Func<PolicySet, CallJudge> _judgeBy;
    private readonly ICounterStore _counters;
    private readonly AuditDispatcher _audit;
    private readonly TimeProvider _time;
    private readonly GuardTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly DecisionObserver _observer;
    private readonly PartGuards _parts = new();

    /// <summary>Judges by the policies in force. One call sees one of them.</summary>
    private volatile CallJudge _judge;

    internal ToolGuard(PolicySet policies, ICounterStore counters, AuditDispatcher audit, IApprovalHandler approvals, TimeProvider time, GuardTelemetry telemetry, StoreRules? store = null, HostLimiters? limiters = null, ApprovalRecords? records = null)
    {
        store ??= StoreRules.Default;
        _audit = audit;
        _time = time;
        _telemetry = telemetry;
        _logger = telemetry.Logger;
        _observer = new DecisionObserver(telemetry.Metrics, time);
        _counters = counters is MemoryCounterStore ? counters : new TimedCounterStore(counters, store.Timeout, time, telemetry);
        var desk = new ApprovalDesk(approvals, time, records);
        _judgeBy = set => new CallJudge(set, _counters, limiters ?? HostLimiters.None, desk, time, settlesAll: !audit.IsEmpty, store.AllowsUncounted, telemetry);
        _judge = _judgeBy(policies);
    }

    /// <summary>A guard of some of another's policies, which counts and records where that does.</summary>
    internal ToolGuard(ToolGuard whole, PolicySet policies)
    {
        _audit = whole._audit;
        _time = whole._time;
        _telemetry = whole._telemetry;
        _logger = whole._logger;
        _observer = whole._observer;
        _counters = whole._counters;
        _judgeBy = whole._judgeBy;
        _judge = _judgeBy(policies);
    }

    /// <summary>Other policies have come into force, such as after a file of theirs has changed: a tool that was listed may be hidden, or one that was hidden listed. A handler must neither wait nor throw.</summary>
    public event EventHandler? PoliciesChanged;

    /// <summary>Names this guard within decision ids.</summary>
    internal string InstanceId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>The policies in force.</summary>
    internal PolicySet Policies => _judge.Policies;

    /// <summary>Makes a guard for a host without dependency injection: counters in memory, no audit.</summary>
    /// <param name="policies">The policies, at least one, each with a name of its own; every one must allow a call.</param>
    /// <exception cref="ArgumentException">There is no policy, or two have one name.</exception>
    public static ToolGuard Create(params IReadOnlyList<ToolPolicy> policies) => Create(policies, TimeProvider.System, NobodyAnswers.Instance);

    /// <summary>Makes such a guard that goes by a clock, and asks somebody for approval.</summary>
    internal static ToolGuard Create(IReadOnlyList<ToolPolicy> policies, TimeProvider time, IApprovalHandler approvals)
    {
        ArgumentNullException.ThrowIfNull(policies);
        if (policies.Count == 0)
        {
            throw new ArgumentException("at least one policy is needed; without one every call would be denied", nameof(policies));
        }

        if (policies.Select(static policy => policy.Name).Distinct(StringComparer.Ordinal).Count() != policies.Count)
        {
            throw new ArgumentException("two policies have one name, so their counters would be mixed; give each its own", nameof(policies));
        }

        var telemetry = new GuardTelemetry(NullLogger.Instance);
        return new ToolGuard(
            new PolicySet([.. policies.Select(static policy => policy.Compiled)]),
            new MemoryCounterStore(time),
            new AuditDispatcher([], isRequired: false, telemetry),
            approvals,
            time,
            telemetry);
    }

    /// <summary>The guard of some of the policies, such as those of one grant: it counts and records where this one does, and follows their changes.</summary>
    /// <param name="names">The names of the policies, in any order.</param>
    /// <returns>The same guard each time for the same policies; this one where all are named. Null when none is named, or a name is none of theirs.</returns>
    /// <remarks>The first time it may wait for the audit, which is told of the policies.</remarks>
    public ToolGuard? ForPolicies(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _parts.Find(this, names);
    }

    /// <summary>Whether a tool is shown to a caller when tools are listed.</summary>
    /// <param name="grant">Who asks. Null sees nothing.</param>
    /// <param name="tool">The tool's exact name.</param>
    public bool IsListed(Grant? grant, string tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return grant is not null && Array.TrueForAll(_judge.Policies.Layers, layer => !layer.Find(tool).IsHidden);
    }

    /// <summary>Decides whether a tool call may run, and reserves the limits it counts against.</summary>
    /// <param name="toolCall">The call as the model asked for it; its arguments are not copied and must not change until settled.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is then reserved.</param>
    /// <returns>A decision. Whatever goes wrong inside is a denial, never an exception, except cancellation.</returns>
    /// <remarks>Synchronous and free of allocation unless a store or a sink really waits.</remarks>
    public ValueTask<ToolDecision> AuthorizeAsync(ToolCall toolCall, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ToolDecision>(cancellationToken);
        }

        return _observer.IsAsked ? _observer.DecideAsync(this, toolCall, cancellationToken) : DecideAsync(toolCall, cancellationToken);
    }

    /// <summary>Says why a call was decided as it was: each check in order, each condition with its outcome and the type it saw.</summary>
    /// <param name="decision">A decision of this guard, whose arguments still live.</param>
    /// <param name="showValues">Whether the values that conditions saw are shown too; they may be secrets. Off, only their types are.</param>
    /// <remarks>For people who look into a policy: it judges the conditions anew, by the clock of now, counts nothing and allocates freely.</remarks>
    /// <exception cref="ArgumentException">The decision is not one of this guard's.</exception>
    public PolicyExplanation Explain(ToolDecision decision, bool showValues)
    {
        if (!ReferenceEquals(decision.Trace.Issuer, this))
        {
            throw new ArgumentException("the decision was not made by this guard", nameof(decision));
        }

        DateTimeOffset moment = default;
        ToolCall call = decision.Call;
        return new CallExplainer(decision, showValues).Explain(decision.Policies!, new CallView(in call, _time, ref moment, default));
    }

    /// <summary>Settles a call: says what became of it, so that limits are given back as the policy says, and records it.</summary>
    /// <param name="decision">What <see cref="AuthorizeAsync"/> of this guard answered. A denied call needs no settling; it is ignored.</param>
    /// <param name="outcome">What became of the call.</param>
    /// <param name="cancellationToken">Ends the wait. Leave it out when the call itself was cancelled: it must be settled all the same.</param>
    /// <remarks>
    /// Only the first time counts; a limit is never given back twice, nor an outcome recorded twice. Settle once all the same: a call without limits whose host keeps no audit has no state,
    /// so nothing tells that it was settled before, and its outcome is counted twice in the metrics.
    /// </remarks>
    /// <exception cref="ArgumentException">The decision is not one of this guard's.</exception>
    public ValueTask CompleteAsync(ToolDecision decision, ToolOutcome outcome, CancellationToken cancellationToken = default)
    {
        if (!ReferenceEquals(decision.Trace.Issuer, this))
        {
            return ValueTask.FromException(new ArgumentException("the decision was not made by this guard", nameof(decision)));
        }

        if (!decision.IsAllowed || !decision.TryTakePending(out PendingCall? pending))
        {
            return default;
        }

        ValueTask settling = pending is null ? default : Settlement.SettleAsync(_counters, pending, outcome, _telemetry, cancellationToken);
        if (!settling.IsCompletedSuccessfully || !_audit.IsEmpty)
        {
            return RecordAsync(settling, decision, outcome, cancellationToken);
        }

        _observer.Completed(decision, outcome);
        return default;
    }

    /// <summary>Decides, whoever listens. Within its callers, because one more copy of large structs is a good part of what a call costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ValueTask<ToolDecision> DecideAsync(in ToolCall call, CancellationToken cancellationToken)
    {
        // Only the audit tells how long a decision took, and reading the clock is a good part of that.
        var trace = new DecisionTrace(this, DecisionNumber.Next(), _audit.IsEmpty ? 0 : _time.GetTimestamp());
        CallJudge judge = _judge;
        DecisionReason reason = judge.Judge(call, out Denial? denial, out PendingCall? pending, out NeededApprovals? needed);
        return pending is null && needed is null && _audit.IsEmpty && !Log.Tells(_logger, reason)
            ? new ValueTask<ToolDecision>(new ToolDecision(call, judge.Policies, reason, trace, denial, null))
            : GoOnAsync(judge, call, trace, reason, denial, pending, needed, cancellationToken);
    }

    /// <summary>Puts other policies in force: for calls that are judged from now on. Counters, and calls under way, stay.</summary>
    internal async ValueTask ReplaceAsync(PolicySet policies)
    {
        var changed = new List<ToolGuard>();
        Put(policies, changed);
        foreach (ToolGuard guard in changed)
        {
            await guard.AnnounceAsync().ConfigureAwait(false);
        }

        changed.ForEach(static guard => guard.PoliciesChanged?.Invoke(guard, EventArgs.Empty));
    }

    /// <summary>Puts policies in force here and in the parts, and notes whose have changed by that.</summary>
    internal void Put(PolicySet policies, List<ToolGuard> changed)
    {
        if (!policies.Layers.SequenceEqual(Policies.Layers))
        {
            _judge = _judgeBy(policies);
            changed.Add(this);
            _parts.Put(policies, changed);
        }
    }

    /// <summary>Records which policies are in force.</summary>
    internal async ValueTask AnnounceAsync()
    {
        foreach (CompiledPolicy layer in _judge.Policies.Layers)
        {
            Log.PolicyInForce(_logger, layer.Name, layer.Version);
        }

        if (!_audit.IsEmpty)
        {
            await _audit.WriteAsync(Record(AuditKind.Policy, default, null), [], CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>What few calls need. Apart, because its copies of large structs would have to be cleared for every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<ToolDecision> GoOnAsync(CallJudge judge, in ToolCall call, in DecisionTrace trace, DecisionReason reason, Denial? denial, PendingCall? pending, NeededApprovals? needed, CancellationToken cancellationToken)
    {
        ValueTask<ToolDecision> deciding = judge.DecideAsync(call, trace, reason, denial, pending, needed, cancellationToken);
        return !_audit.IsEmpty ? RecordAsync(deciding, cancellationToken) : Log.TellsAny(_logger) ? LogAsync(deciding) : deciding;
    }

    private async ValueTask<ToolDecision> RecordAsync(ValueTask<ToolDecision> deciding, CancellationToken cancellationToken)
    {
        ToolDecision decision = await deciding.ConfigureAwait(false);
        IReadOnlyCollection<IAuditSink>? lost = null;
        try
        {
            lost = await _audit.WriteAsync(Record(AuditKind.Decision, decision, null), [], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (decision.IsAllowed && !_audit.MayGoOn(lost) && decision.TryTakePending(out PendingCall? pending) && pending is not null)
            {
                await Settlement.SettleAsync(_counters, pending, outcome: null, _telemetry, CancellationToken.None).ConfigureAwait(false);
            }
        }

        if (decision.IsAllowed && !_audit.MayGoOn(lost))
        {
            // Those that took the record have an allowance of a call that never runs.
            decision = new ToolDecision(decision.Call, decision.Policies!, DecisionReason.AuditUnavailable, decision.Trace, Denial.Error, null);
            await _audit.WriteAsync(Record(AuditKind.Decision, decision, null), lost, cancellationToken).ConfigureAwait(false);
        }
        else if (decision.AnswerAsUnknownTool && !_audit.MayGoOn(lost))
        {
            // A tool that does not exist would have been refused.
            decision = new ToolDecision(decision.Call, decision.Policies!, decision.Reason, decision.Trace, decision.Denial! with { SeenReason = DecisionReason.AuditUnavailable, Seen = Denial.Error }, null);
        }

        Log.Decided(_logger, decision);
        return decision;
    }

    private async ValueTask RecordAsync(ValueTask settling, ToolDecision decision, ToolOutcome outcome, CancellationToken cancellationToken)
    {
        await settling.ConfigureAwait(false);
        _observer.Completed(decision, outcome);
        if (!_audit.IsEmpty)
        {
            await _audit.WriteAsync(Record(AuditKind.Outcome, decision, outcome), [], cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<ToolDecision> LogAsync(ValueTask<ToolDecision> deciding)
    {
        return deciding.IsCompletedSuccessfully ? new ValueTask<ToolDecision>(Logged(deciding.Result)) : Awaited(deciding);

        async ValueTask<ToolDecision> Awaited(ValueTask<ToolDecision> waiting) => Logged(await waiting.ConfigureAwait(false));

        ToolDecision Logged(in ToolDecision decision)
        {
            Log.Decided(_logger, decision);
            return decision;
        }
    }

    private AuditRecord Record(AuditKind kind, in ToolDecision decision, ToolOutcome? outcome) =>
        new(kind, _time.GetUtcNow(), decision.PolicyVersion ?? _judge.Policies.Version, decision, outcome, kind == AuditKind.Policy ? TimeSpan.Zero : _time.GetElapsedTime(decision.Trace.StartedAt));
}

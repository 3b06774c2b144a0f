using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.InputSchemas;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Takes one call through the checks of policy format section 4, in order: here those that need nothing but the call, then what may wait.</summary>
/// <param name="policies">The policies.</param>
/// <param name="counters">Where limits are counted.</param>
/// <param name="limiters">The host's own limits.</param>
/// <param name="approvals">Who asks people.</param>
/// <param name="time">The clock that conditions see.</param>
/// <param name="settlesAll">Whether settling an allowed call without limits counts once too.</param>
/// <param name="allowsUncounted">Whether a call is allowed when the counters do not answer.</param>
/// <param name="telemetry">Where failures are told.</param>
internal sealed class CallJudge(PolicySet policies, ICounterStore counters, HostLimiters limiters, ApprovalDesk approvals, TimeProvider time, bool settlesAll, bool allowsUncounted, GuardTelemetry telemetry)
{
    /// <summary>The policies that it judges by.</summary>
    public PolicySet Policies => policies;

    private readonly WaitingChecks _waiting = new(policies, counters, limiters, approvals, settlesAll, allowsUncounted, telemetry);

    /// <summary>Judges what can be judged at once. It never throws.</summary>
    /// <param name="call">The call.</param>
    /// <param name="denial">What refused the call; null when nothing did.</param>
    /// <param name="pending">The limits to be reserved before the call is allowed, or to be looked at before that of a hidden tool is denied, or null.</param>
    /// <param name="needed">The approvals to be asked for before the call is allowed, or null.</param>
    public DecisionReason Judge(in ToolCall call, out Denial? denial, out PendingCall? pending, out NeededApprovals? needed)
    {
        pending = null;
        needed = null;
        DecisionReason reason;
        try
        {
            reason = Judge(call, stackalloc IndexedMember[MemberIndex.Most], out denial, ref pending, ref needed);
        }
        catch (Exception e)
        {
            telemetry.EvaluationFailed(e);
            reason = DecisionReason.EvaluationError;
            denial = Denial.Error;
        }

        if (!limiters.IsEmpty && (reason == DecisionReason.Allowed || (reason == DecisionReason.Hidden && denial!.SeenReason == DecisionReason.Allowed)))
        {
            pending ??= PendingCall.Rent();
        }

        if (reason == DecisionReason.Hidden && denial!.SeenReason is DecisionReason.Allowed or DecisionReason.ApprovalRequired)
        {
            return reason;
        }

        if (reason != DecisionReason.Allowed)
        {
            pending?.Return();
            pending = null;
            needed = null;
            if (reason == DecisionReason.InvalidArguments && call.Context?.InputSchema is { Problem: { } problem } schema && schema.MustTell(denial))
            {
                telemetry.InputSchemaNotEnforceable(ShownName.Of(call.Tool), problem);
            }
        }

        return reason;
    }

    /// <summary>Makes a decision of what was judged; where something is still to be asked for, or reserved, it may wait. Only cancellation passes out as an exception.</summary>
    public ValueTask<ToolDecision> DecideAsync(in ToolCall call, in DecisionTrace trace, DecisionReason reason, Denial? denial, PendingCall? pending, NeededApprovals? needed, CancellationToken cancellationToken)
    {
        if (reason == DecisionReason.Hidden && pending is not null)
        {
            return _waiting.PeekHiddenAsync(call, trace, denial!, pending, cancellationToken);
        }

        if (needed is not null)
        {
            return _waiting.ApproveAsync(call, trace, needed, pending, cancellationToken);
        }

        return pending is not null
            ? _waiting.ReserveAsync(call, trace, DecisionReason.Allowed, pending, cancellationToken)
            : new ValueTask<ToolDecision>(new ToolDecision(call, policies, reason, trace, denial, reason == DecisionReason.Allowed && settlesAll ? PendingCall.Rent() : null));
    }

    private DecisionReason Judge(in ToolCall call, Span<IndexedMember> room, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        DateTimeOffset moment = default;
        var view = new CallView(in call, time, ref moment, room);
        if (view.Check() is { } problem)
        {
            denial = Denial.Malformed(problem);
            return DecisionReason.MalformedCall;
        }

        denial = Denial.NoPolicy;
        if (call.Grant is null)
        {
            return DecisionReason.NoPolicy;
        }

        ToolRules? only = null;
        int? defaultDeny = null;
        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            CompiledPolicy policy = policies.Layers[layer];
            only = policy.Find(call.Tool);
            if (only.IsHidden)
            {
                denial = HiddenToolJudge.Judge(policies, call, time, ref pending).InLayer(layer);
                return DecisionReason.Hidden;
            }

            defaultDeny ??= only.IsNamed || policy.DefaultAllow ? null : layer;
        }

        if (defaultDeny is { } denying)
        {
            denial = Denial.DefaultDeny.InLayer(denying);
            return DecisionReason.DefaultDeny;
        }

        return policies.Layers.Length == 1
            ? JudgeLayer(view, 0, only!, out denial, ref pending, ref needed)
            : JudgeLayers(view, out denial, ref pending, ref needed);
    }

    private DecisionReason JudgeLayer(in CallView view, int layer, ToolRules rules, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        DecisionReason reason = JudgeRules(view, layer, rules, out denial);
        return reason == DecisionReason.Allowed && rules.Waits ? Collect(view, layer, rules, out denial, ref pending, ref needed) : reason;
    }

    /// <summary>The rules of every layer first, so that nothing is counted, or asked of a person, for a call that one of them refuses.</summary>
    private DecisionReason JudgeLayers(in CallView view, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        DecisionReason reason;
        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            reason = JudgeRules(view, layer, policies.Layers[layer].Find(view.Call.Tool), out denial);
            if (reason != DecisionReason.Allowed)
            {
                return reason;
            }
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            reason = Collect(view, layer, policies.Layers[layer].Find(view.Call.Tool), out denial, ref pending, ref needed);
            if (reason != DecisionReason.Allowed)
            {
                return reason;
            }
        }

        denial = null;
        return DecisionReason.Allowed;
    }

    private static DecisionReason JudgeRules(in CallView view, int layer, ToolRules rules, out Denial? denial)
    {
        // Of several policies one asks the tool's own schema.
        ToolSchema? inputSchema = layer == 0 ? view.Call.Context?.InputSchema : null;
        DecisionReason reason = PolicyEvaluator.Judge(rules, view, inputSchema, out denial);
        denial = InputSchemaRule.Speaks(denial) ? denial : denial?.InLayer(layer);
        return reason;
    }

    /// <summary>Collects what has to be counted, and asked of a person.</summary>
    private DecisionReason Collect(in CallView view, int layer, ToolRules rules, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        denial = LimitCollector.Collect(policies, layer, rules, view, ref pending);
        if (denial is not null)
        {
            return DecisionReason.InvalidAmount;
        }

        foreach (CompiledApprovalRule rule in rules.Approvals)
        {
            if (rule.Rule.Evaluate(view) != ConditionOutcome.False)
            {
                needed ??= new NeededApprovals();
                needed.Add(rule, layer);
            }
        }

        return DecisionReason.Allowed;
    }
}

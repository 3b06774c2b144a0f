using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Replay;

/// <summary>Judges calls one after the other as a host would, by the clock of the input, and settles them when they end.</summary>
internal sealed class ReplaySession : IAsyncDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly RecordedAnswer _answers = new();
    private readonly PriorityQueue<(ToolDecision Decision, ToolOutcome Outcome), (DateTimeOffset EndsAt, long Order)> _running = new();
    private readonly GuardHost _host;
    private readonly ListedTools? _tools;
    private long _count;

    /// <summary>Whether a call has set the clock; the first may come from any time.</summary>
    private bool _hasBegun;

    public ReplaySession(IReadOnlyList<ToolPolicy> policies, AuditFile? audit, StateStore state, ToolCatalog? tools)
    {
        _tools = tools is null ? null : new ListedTools(tools);
        _host = new GuardHost(options => policies.ToList().ForEach(policy => options.AddPolicy(policy)), audit, state, logger: null, _clock, _answers);
    }

    public ToolGuard Guard => _host.Guard;

    /// <summary>What to say of a call beside the decision, or null.</summary>
    public string? NoteOn(CallLine call) => _tools?.NoteOn(call);

    /// <summary>Judges a call; the calls that end before it are settled first.</summary>
    /// <param name="call">The call.</param>
    /// <param name="place">How errors name it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask<ToolDecision> JudgeAsync(CallLine call, string place, CancellationToken cancellationToken)
    {
        DateTimeOffset at = call.At ?? _clock.Now;
        if (at < _clock.Now && _hasBegun)
        {
            throw new UsageException($"{place}: `at` goes back behind the call before it; order the calls by time");
        }

        if (call.EndsAt < at)
        {
            throw new UsageException($"{place}: `ends_at` is before the call itself");
        }

        await SettleAsync(at, cancellationToken).ConfigureAwait(false);
        (_clock.Now, _hasBegun) = (at, true);
        _answers.Next = call.Approval;
        var asked = new ToolCall(call.Grant, call.Tool, call.Arguments)
        {
            Session = call.Session,
            User = call.User,
            Context = _tools?.Around(call) ?? new ToolCallContext { Values = call.Context },
        };
        ToolDecision decision = await Guard.AuthorizeAsync(asked, cancellationToken).ConfigureAwait(false);
        if (decision.IsAllowed)
        {
            _running.Enqueue((decision, call.Outcome), (call.EndsAt ?? at, _count++));
        }

        return decision;
    }

    /// <summary>Settles what still runs, and closes the audit.</summary>
    public async ValueTask DisposeAsync()
    {
        await SettleAsync(DateTimeOffset.MaxValue, CancellationToken.None).ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask SettleAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (_running.TryPeek(out (ToolDecision Decision, ToolOutcome Outcome) call, out (DateTimeOffset EndsAt, long) end) && end.EndsAt <= until)
        {
            _running.Dequeue();
            _clock.Now = end.EndsAt > _clock.Now ? end.EndsAt : _clock.Now;
            await Guard.CompleteAsync(call.Decision, call.Outcome, cancellationToken).ConfigureAwait(false);
        }
    }
}

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Judges calls one after the other as a host would, by the clock of the input, and settles them when they end.</summary>
internal sealed class ReplaySession : IAsyncDisposable
{
    private readonly PriorityQueue<(ToolDecision Decision, ToolOutcome Outcome), (DateTimeOffset EndsAt, long Order)> _running = new();
    private readonly ToolGuard _guard;
    private readonly VirtualClock _clock;
    private readonly RecordedAnswer _answers;
    private readonly ListedTools? _tools;
    private long _count;

    /// <summary>Whether a call has set the clock; the first may come from any time.</summary>
    private bool _hasBegun;

    /// <param name="guard">Judges, by the clock and with the answers.</param>
    /// <param name="clock">Its clock, which nobody else moves.</param>
    /// <param name="answers">Answers it for people.</param>
    /// <param name="tools">What is known of tools; null: nothing.</param>
    /// <param name="schemas">How far calls are held to what they declare.</param>
    public ReplaySession(ToolGuard guard, VirtualClock clock, RecordedAnswer answers, ToolCatalog? tools, ToolSchemaEnforcement schemas)
    {
        _guard = guard;
        _clock = clock;
        _answers = answers;
        _tools = tools is null ? null : new ListedTools(tools, schemas);
    }

    /// <summary>Judges a call; the calls that end before it are settled first.</summary>
    /// <param name="call">The call.</param>
    /// <param name="place">How errors name it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="PolicyCasesException">It comes before the call before it, or ends before it comes.</exception>
    public async ValueTask<ToolDecision> JudgeAsync(CallLine call, string place, CancellationToken cancellationToken)
    {
        DateTimeOffset at = call.At ?? _clock.Now;
        if (at < _clock.Now && _hasBegun)
        {
            throw new PolicyCasesException($"{place}: `at` goes back behind the call before it; order the calls by time");
        }

        if (call.EndsAt < at)
        {
            throw new PolicyCasesException($"{place}: `ends_at` is before the call itself");
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
        ToolDecision decision = await _guard.AuthorizeAsync(asked, cancellationToken).ConfigureAwait(false);
        if (decision.IsAllowed)
        {
            _running.Enqueue((decision, call.Outcome), (call.EndsAt ?? at, _count++));
        }

        return decision;
    }

    /// <summary>Settles what still runs.</summary>
    public ValueTask DisposeAsync() => SettleAsync(DateTimeOffset.MaxValue, CancellationToken.None);

    private async ValueTask SettleAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (_running.TryPeek(out (ToolDecision Decision, ToolOutcome Outcome) call, out (DateTimeOffset EndsAt, long) end) && end.EndsAt <= until)
        {
            _running.Dequeue();
            _clock.Now = end.EndsAt > _clock.Now ? end.EndsAt : _clock.Now;
            await _guard.CompleteAsync(call.Decision, call.Outcome, cancellationToken).ConfigureAwait(false);
        }
    }
}

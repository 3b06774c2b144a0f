namespace PolicyLayer.Sdk.Approvals;

/// <summary>Asks people about a call: through the host's store of approvals, through its handler, which it holds to its time, or through both.</summary>
/// <param name="handler">The host's handler; one that never answers where it has none.</param>
/// <param name="time">The clock of the handler's time.</param>
/// <param name="records">The host's store; null where it has none.</param>
internal sealed class ApprovalDesk(IApprovalHandler handler, TimeProvider time, ApprovalRecords? records = null)
{
    /// <summary>Timers count no further; nobody waits so long for one call.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    /// <summary>Whether asking is of any use.</summary>
    public bool IsStaffed => HasHandler || records is not null;

    private bool HasHandler => handler is not NobodyAnswers;

    /// <summary>Asks, and waits for nobody once other policies are in force. What is approved after that has expired. What the handler throws passes out, and what the store throws as a <see cref="CounterStoreException"/>.</summary>
    public async ValueTask<ApprovalVerdict> AskAsync(ApprovalRequest request, Func<bool> isInForce, CancellationToken cancellationToken)
    {
        ApprovalVerdict verdict = await AskAllAsync(request, isInForce, cancellationToken).ConfigureAwait(false);

        if (request.Call.HeldUntil.IsCancellationRequested)
        {
            // What ended the wait may go on here itself, and must not do the caller's work.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        // People may take hours, and what they approved is the call under the policies that asked.
        return verdict.Reason == DecisionReason.ApprovalDenied || isInForce() ? verdict : verdict with { Reason = DecisionReason.ApprovalExpired };
    }

    private async ValueTask<ApprovalVerdict> AskAllAsync(ApprovalRequest request, Func<bool> isInForce, CancellationToken cancellationToken)
    {
        if (records is null || AskedCall.Of(request) is not { } asked)
        {
            return new ApprovalVerdict(HasHandler ? await AskHandlerAsync(request, cancellationToken).ConfigureAwait(false) : DecisionReason.ApprovalRequired);
        }

        StoredApproval stored = await records.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        if (stored.Status == ApprovalStatus.Pending && HasHandler)
        {
            DecisionReason answer = await AskHandlerAsync(request with { ApprovalId = stored.Id }, cancellationToken).ConfigureAwait(false);
            if (answer == DecisionReason.ApprovalExpired)
            {
                return new ApprovalVerdict(answer, stored);
            }

            if (answer is DecisionReason.Approved or DecisionReason.ApprovalDenied)
            {
                stored = await records.AnswerAsync(asked, stored.Id, answer == DecisionReason.Approved, cancellationToken).ConfigureAwait(false);
            }
        }

        if (stored.Status == ApprovalStatus.Pending)
        {
            stored = await records.WaitAsync(asked, stored, isInForce, request.Call.HeldUntil, cancellationToken).ConfigureAwait(false);
        }

        return new ApprovalVerdict(
            stored.Status switch
            {
                ApprovalStatus.Approved => DecisionReason.Approved,
                ApprovalStatus.Denied => DecisionReason.ApprovalDenied,
                _ => DecisionReason.ApprovalRequired,
            },
            stored);
    }

    /// <summary>Asks the handler. An answer after the time counts as none, and nobody waits for one longer than the call is held; an exception of the handler's passes out.</summary>
    private async ValueTask<DecisionReason> AskHandlerAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(request.Expires < LongestWait ? request.Expires : LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token, request.Call.HeldUntil);
        ApprovalAnswer answer;
        try
        {
            // A handler that does not look at its token must not hold the call for ever.
            answer = await handler.AskAsync(request, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested ? DecisionReason.ApprovalExpired : DecisionReason.ApprovalRequired;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return answer switch
        {
            ApprovalAnswer.Approved when time.GetElapsedTime(started) <= request.Expires => DecisionReason.Approved,
            ApprovalAnswer.Approved or ApprovalAnswer.Expired => DecisionReason.ApprovalExpired,
            ApprovalAnswer.Denied => DecisionReason.ApprovalDenied,
            _ => DecisionReason.ApprovalRequired,
        };
    }
}

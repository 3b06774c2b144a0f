namespace PolicyLayer.Sdk.Approvals;

/// <summary>Asks the host's handler and holds it to its time.</summary>
internal sealed class ApprovalDesk(IApprovalHandler handler, TimeProvider time)
{
    /// <summary>Timers count no further; nobody waits so long for one call.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    /// <summary>Whether asking is of any use.</summary>
    public bool IsStaffed => handler is not NobodyAnswers;

    /// <summary>Asks. An answer after the time counts as none; an exception of the handler's passes out.</summary>
    public async ValueTask<DecisionReason> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(request.Expires < LongestWait ? request.Expires : LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        ApprovalAnswer answer;
        try
        {
            // A handler that does not look at its token must not hold the call for ever.
            answer = await handler.AskAsync(request, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DecisionReason.ApprovalExpired;
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

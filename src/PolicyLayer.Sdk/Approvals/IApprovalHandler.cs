namespace PolicyLayer.Sdk;

/// <summary>Asks a person whether a call may run.</summary>
public interface IApprovalHandler
{
    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">What is to be approved: exactly this call, once.</param>
    /// <param name="cancellationToken">Ends the wait: the caller gave up, or <see cref="ApprovalRequest.Expires"/> has passed.</param>
    /// <remarks>Called from many threads at once. Silence is no: only <see cref="ApprovalAnswer.Approved"/> lets the call run. An exception denies it with <see cref="DecisionReason.EvaluationError"/>.</remarks>
    ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken);
}

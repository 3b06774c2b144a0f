namespace PolicyLayer.Sdk.Approvals;

/// <summary>The handler of a host that has none: silence, which is no.</summary>
internal sealed class NobodyAnswers : IApprovalHandler
{
    public static readonly NobodyAnswers Instance = new();

    public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => new(ApprovalAnswer.NoAnswer);
}

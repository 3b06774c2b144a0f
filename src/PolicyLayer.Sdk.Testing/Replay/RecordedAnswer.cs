namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Answers as the input says the person would.</summary>
internal sealed class RecordedAnswer : IApprovalHandler
{
    public ApprovalAnswer Next { get; set; }

    public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => new(Next);
}

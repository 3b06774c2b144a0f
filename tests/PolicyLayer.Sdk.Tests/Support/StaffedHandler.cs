namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A person who answers as a test says.</summary>
internal sealed class StaffedHandler(Func<ValueTask<ApprovalAnswer>> answer) : IApprovalHandler
{
    public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => answer();
}

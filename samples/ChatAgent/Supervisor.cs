using PolicyLayer.Sdk;

namespace ChatAgent;

/// <summary>The person who is asked; a real host would show a dialog, and wait.</summary>
internal sealed class Supervisor : IApprovalHandler
{
    public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        Console.WriteLine($"supervisor: {string.Join(' ', request.Reasons)} Approved.");
        return ValueTask.FromResult(ApprovalAnswer.Approved);
    }
}

using System.CommandLine;

namespace PolicyLayer.Cli.Approvals;

/// <summary>Options that the commands of approvals share.</summary>
internal static class ApprovalOptions
{
    public const string ExitCodes = "Exit codes: 0 done; 1 there is no such approval, or it can no longer be answered so; 2 wrong usage, or a store that does not answer.";

    public static Option<string> State() => new("--state") { Description = "where approvals wait: sqlite:FILE, postgres:CONNECTION, redis:CONNECTION, as the proxy has it", Required = true, HelpName = "STORE" };

    public static Argument<string> Id()
    {
        var argument = new Argument<string>("ID") { Description = "the approval, as the refused caller was told it and `policylayer approvals list` shows it" };
        argument.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("the id of an approval must not be empty (ID)");
            }
        });
        return argument;
    }

    /// <exception cref="UsageException">It names no store, or none that others see.</exception>
    public static StateStore Read(string state)
    {
        StateStore store = StateStore.Parse(state);
        return store.KeepsApprovals
            ? store
            : throw new UsageException($"--state `{StateStore.Memory}`: what waits in memory ends with its process, and no other sees it; name what the proxy has, `sqlite:FILE`, `postgres:CONNECTION` or `redis:CONNECTION`");
    }
}

using System.Security.Claims;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Mcp.Servers;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>Asks the guard about the calls of one caller, for whose they are and with what their tools are known to declare.</summary>
/// <param name="guard">Judges.</param>
/// <param name="tools">What the server has listed.</param>
/// <param name="user">The HTTP user behind the call; null where there is none.</param>
/// <param name="session">The session that the server has opened for the caller; null where there is none.</param>
/// <param name="heldUntil">Ends the wait for people.</param>
internal sealed class CallerJudge(ClientGuard guard, ListedTools tools, ClaimsPrincipal? user = null, string? session = null, CancellationToken heldUntil = default)
{
    public async ValueTask<ToolDecision> JudgeAsync(ClientMessage call, CancellationToken cancellationToken)
    {
        Grant? grant = await GrantResolvers.FindGrantAsync(guard.Resolver, default, cancellationToken).ConfigureAwait(false);
        var asked = new ToolCall(grant, call.Tool, call.Arguments) { Session = session, User = CallUser.IdOf(user), Server = guard.Server, Context = CallUser.Add(user, tools.Find(call.Tool)), HeldUntil = heldUntil };
        return await guard.Guard.AuthorizeAsync(asked, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SettleAsync(in ToolDecision decision, ToolOutcome outcome) => guard.Guard.CompleteAsync(decision, outcome, CancellationToken.None);
}

using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>Asks the guard about a call, for whose it is and with what its tool is known to declare.</summary>
internal sealed class CallJudge(ClientGuard guard, ListedTools tools)
{
    public async ValueTask<ToolDecision> JudgeAsync(ClientMessage call, CancellationToken cancellationToken)
    {
        Grant? grant = await GrantResolvers.FindGrantAsync(guard.Resolver, default, cancellationToken).ConfigureAwait(false);
        return await guard.Guard.AuthorizeAsync(new ToolCall(grant, call.Tool, call.Arguments) { Context = tools.Find(call.Tool) }, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SettleAsync(in ToolDecision decision, ToolOutcome outcome) => guard.Guard.CompleteAsync(decision, outcome, CancellationToken.None);
}

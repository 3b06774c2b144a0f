using System.Security.Claims;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Judges a tool call, lets it go on or answers with the refusal, and settles it.</summary>
internal sealed class CallGuard(ToolGuard guard, CallerGrants grants)
{
    /// <summary>Guards whatever comes next: every other filter, and in the end the tool.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Enclose(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (context, cancellationToken) => InvokeAsync(context, next, cancellationToken);

    /// <summary>Guards a handler; a call that this guard has judged already is not judged, nor counted, again.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Protect(McpRequestHandler<CallToolRequestParams, CallToolResult> handler)
    {
        McpRequestHandler<CallToolRequestParams, CallToolResult> run = JudgedCall.RunOnlyIfUnchanged(handler);
        return (context, cancellationToken) => JudgedCall.Of(context)?.IsJudgedBy(guard) == true
            ? run(context, cancellationToken)
            : InvokeAsync(context, run, cancellationToken);
    }

    private async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> context,
        McpRequestHandler<CallToolRequestParams, CallToolResult> next,
        CancellationToken cancellationToken)
    {
        JudgedCall call = await JudgeAsync(context, cancellationToken).ConfigureAwait(false);
        if (!call.Decision.IsAllowed)
        {
            return Refusal.Of(call.Decision, context);
        }

        ToolOutcome outcome = ToolOutcome.Error;
        call.Begin(context);
        try
        {
            CallToolResult result = await next(context, cancellationToken).ConfigureAwait(false);
            outcome = result.IsError == true ? ToolOutcome.Error : ToolOutcome.Ok;
            return result;
        }
        catch (InputRequiredException)
        {
            // The tool has run up to a question for the user. The call with the answer comes anew, and counts anew.
            outcome = ToolOutcome.Ok;
            throw;
        }
        finally
        {
            call.End(context);
            await guard.CompleteAsync(call.Decision, call.HasRun ? outcome : ToolOutcome.NotRun, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<JudgedCall> JudgeAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        // Taken before anything waits: what is judged is what is remembered.
        var call = new JudgedCall(guard, context);
        Grant? grant = await grants.FindAsync(context, cancellationToken).ConfigureAwait(false);
        call.Decision = await guard.AuthorizeAsync(
            new ToolCall(grant, call.Tool, StrictArguments.Of(context))
            {
                Session = context.Server.SessionId,
                User = context.User?.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            },
            cancellationToken).ConfigureAwait(false);
        return call;
    }
}

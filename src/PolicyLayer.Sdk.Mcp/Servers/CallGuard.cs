using System.Security.Claims;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Judges a tool call, lets it go on or answers with the refusal, and settles it.</summary>
internal sealed class CallGuard(ToolGuard guard, CallerGrants grants, CallSurroundings surroundings)
{
    /// <summary>Guards whatever comes next in a server: every other filter, and in the end the tool.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Enclose(McpRequestHandler<CallToolRequestParams, CallToolResult> next, McpServerOptions options)
    {
        bool hasHandler = options.Handlers.CallToolHandler is not null;
        return (context, cancellationToken) => InvokeAsync(context, next, hasHandler, cancellationToken);
    }

    /// <summary>Guards a handler; a call that this guard has judged already is not judged, nor counted, again.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Protect(McpRequestHandler<CallToolRequestParams, CallToolResult> handler)
    {
        McpRequestHandler<CallToolRequestParams, CallToolResult> run = JudgedCall.RunOnlyIfUnchanged(handler);
        return (context, cancellationToken) => JudgedCall.Of(context)?.IsJudgedBy(guard) == true
            ? run(context, cancellationToken)
            : InvokeAsync(context, run, hasHandler: true, cancellationToken);
    }

    private async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> context,
        McpRequestHandler<CallToolRequestParams, CallToolResult> next,
        bool hasHandler,
        CancellationToken cancellationToken)
    {
        // Taken before anything waits: what is judged is what is remembered.
        var call = new JudgedCall(guard, context, hasHandler);
        call.Decision = await JudgeAsync(call.Tool, context, cancellationToken).ConfigureAwait(false);
        if (!call.Decision.IsAllowed)
        {
            return call.AnswersAsUnknownTool ? throw Refusal.UnknownTool(context) : Refusal.Of(call.Decision);
        }

        ToolOutcome outcome = ToolOutcome.Error;
        call.Begin();
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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = ToolOutcome.Cancelled;
            throw;
        }
        finally
        {
            call.End();
            await guard.CompleteAsync(call.Decision, call.HasRun ? outcome : ToolOutcome.NotRun, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<ToolDecision> JudgeAsync(string tool, RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        Grant? grant = await grants.FindAsync(context, cancellationToken).ConfigureAwait(false);
        var call = new ToolCall(grant, tool, StrictArguments.Of(context))
        {
            Session = context.Server.SessionId,
            User = context.User?.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            Context = await surroundings.FindAsync(context, cancellationToken).ConfigureAwait(false),
        };
        return await guard.AuthorizeAsync(call, cancellationToken).ConfigureAwait(false);
    }
}

using System.Reflection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Judges a tool call, lets it go on or answers with the refusal, and settles it.</summary>
/// <param name="guard">Judges.</param>
/// <param name="grants">Says whose calls they are.</param>
/// <param name="surroundings">Says what is known around them.</param>
/// <param name="serverName">What decisions call the server; null: the name that it gives itself.</param>
/// <param name="heldUntil">Ends the wait for people; asked when the first call has come. Null where a call is held as long as its request lives.</param>
internal sealed class CallGuard(ToolGuard guard, CallerGrants grants, CallSurroundings surroundings, string? serverName, Lazy<CancellationToken>? heldUntil = null)
{
    /// <summary>What the SDK calls a server whose host has not named it.</summary>
    private static readonly string? UnnamedServer = Assembly.GetEntryAssembly()?.GetName().Name;

    private readonly CallsAhead _ahead = new();

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

#pragma warning disable MCPEXP002 // see ToolPolicySetup
    /// <summary>Judges a call before the filters that may make a task of it; what they run later, or at once, runs under this judgement.</summary>
    public async ValueTask<ResultOrAlternate<CallToolResult>> InvokeAheadAsync(
        RequestContext<CallToolRequestParams> context,
        McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next,
        McpServerOptions options,
        CancellationToken cancellationToken)
    {
        var call = new JudgedCall(guard, context, options.Handlers.CallToolHandler is not null);
        call.Decision = await JudgeAsync(call.Tool, context, cancellationToken).ConfigureAwait(false);
        if (!call.Decision.IsAllowed)
        {
            return Answer(call, context);
        }

        if (!call.MayExist)
        {
            // A task that fails later would tell a tool that does not exist from a hidden one.
            await guard.CompleteAsync(call.Decision, ToolOutcome.NotRun, CancellationToken.None).ConfigureAwait(false);
            throw Refusal.UnknownTool(context);
        }

        _ahead.Add(context.JsonRpcRequest, call);
        bool isTask = false;
        try
        {
            ResultOrAlternate<CallToolResult> result = await next(context, cancellationToken).ConfigureAwait(false);
            isTask = result.IsAlternate;
            return result;
        }
        finally
        {
            // A task may still come to its tool; nothing else does.
            if (!isTask && _ahead.Take(context.JsonRpcRequest) is not null)
            {
                await guard.CompleteAsync(call.Decision, ToolOutcome.NotRun, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
#pragma warning restore MCPEXP002

    private static CallToolResult Answer(JudgedCall denied, RequestContext<CallToolRequestParams> context) =>
        denied.AnswersAsUnknownTool ? throw Refusal.UnknownTool(context) : Refusal.Of(denied.Decision);

    private ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> context,
        McpRequestHandler<CallToolRequestParams, CallToolResult> next,
        bool hasHandler,
        CancellationToken cancellationToken)
    {
        // Taken before anything waits: what is judged is what is remembered.
        var call = new JudgedCall(guard, context, hasHandler);
        if (_ahead.Take(context.JsonRpcRequest) is { } ahead)
        {
            return GoOnAsync(call, ahead, context, next, cancellationToken);
        }

        ValueTask<ToolDecision> judging = JudgeAsync(call.Tool, context, cancellationToken);
        if (!judging.IsCompletedSuccessfully)
        {
            return WaitAsync(call, judging, context, next, cancellationToken);
        }

        call.Decision = judging.Result;
        return RunAsync(call, context, next, cancellationToken);
    }

    /// <summary>Goes on with a call that was judged before it became a task, perhaps.</summary>
    private async ValueTask<CallToolResult> GoOnAsync(JudgedCall call, JudgedCall ahead, RequestContext<CallToolRequestParams> context, McpRequestHandler<CallToolRequestParams, CallToolResult> next, CancellationToken cancellationToken)
    {
        if (!ahead.IsUnchanged(context))
        {
            await guard.CompleteAsync(ahead.Decision, ToolOutcome.NotRun, CancellationToken.None).ConfigureAwait(false);
            return JudgedCall.RefuseChanged(context);
        }

        call.Decision = ahead.Decision;
        return await RunAsync(call, context, next, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<CallToolResult> WaitAsync(JudgedCall call, ValueTask<ToolDecision> judging, RequestContext<CallToolRequestParams> context, McpRequestHandler<CallToolRequestParams, CallToolResult> next, CancellationToken cancellationToken)
    {
        call.Decision = await judging.ConfigureAwait(false);
        return await RunAsync(call, context, next, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<CallToolResult> RunAsync(JudgedCall call, RequestContext<CallToolRequestParams> context, McpRequestHandler<CallToolRequestParams, CallToolResult> next, CancellationToken cancellationToken)
    {
        if (!call.Decision.IsAllowed)
        {
            return Answer(call, context);
        }

        ToolOutcome outcome = ToolOutcome.Error;
        call.Begin();
        try
        {
            // A task may be cancelled before it comes to its tool.
            cancellationToken.ThrowIfCancellationRequested();
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

    /// <summary>Judges a call; most often nothing of that waits.</summary>
    private ValueTask<ToolDecision> JudgeAsync(string tool, RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        ValueTask<Grant?> finding = grants.FindAsync(context, cancellationToken);
        if (!finding.IsCompletedSuccessfully)
        {
            return FindFirstAsync(finding, tool, context, cancellationToken);
        }

        Grant? grant = finding.Result;
        ValueTask<ToolCallContext?> describing = surroundings.FindAsync(context, cancellationToken);
        return describing.IsCompletedSuccessfully
            ? AuthorizeAsync(grant, tool, context, describing.Result, cancellationToken)
            : DescribeFirstAsync(grant, describing, tool, context, cancellationToken);
    }

    private async ValueTask<ToolDecision> FindFirstAsync(ValueTask<Grant?> finding, string tool, RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        Grant? grant = await finding.ConfigureAwait(false);
        return await DescribeFirstAsync(grant, surroundings.FindAsync(context, cancellationToken), tool, context, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ToolDecision> DescribeFirstAsync(Grant? grant, ValueTask<ToolCallContext?> describing, string tool, RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        ToolCallContext? described = await describing.ConfigureAwait(false);
        return await AuthorizeAsync(grant, tool, context, described, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<ToolDecision> AuthorizeAsync(Grant? grant, string tool, RequestContext<CallToolRequestParams> context, ToolCallContext? described, CancellationToken cancellationToken)
    {
        var call = new ToolCall(grant, tool, StrictArguments.Of(context))
        {
            Session = context.Server.SessionId,
            User = CallUser.IdOf(context.User),
            Server = serverName ?? context.Server.ServerOptions.ServerInfo?.Name ?? UnnamedServer,
            Context = described,
            HeldUntil = heldUntil?.Value ?? CancellationToken.None,
        };
        return guard.AuthorizeAsync(call, cancellationToken);
    }
}

using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Proxy.Http.Access;
using PolicyLayer.Sdk.Proxy.Http.Headers;
using PolicyLayer.Sdk.Proxy.Http.Passing;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>One message of a client over HTTP, from its check to the end of its answer.</summary>
/// <param name="request">The request.</param>
/// <param name="callers">Knows who sends it, and whether they still may when people have taken their time.</param>
/// <param name="answer">Passes the server's response on.</param>
/// <param name="logger">Hears of servers that cannot be asked.</param>
/// <param name="stopping">The proxy ends.</param>
internal sealed class Exchange(ProxyRequest request, Callers callers, ServerResponse answer, ILogger logger, CancellationToken stopping)
{
    private readonly HttpContext _context = request.Context;

    public async Task HandleAsync(ReadOnlyMemory<byte> body)
    {
        ClientMessage message = ClientMessage.Read(body.Span, isLine: false);
        if (message.Kind == ClientMessageKind.Refused || !MessageHeadings.TryRead(message.Whole, out MessageHeadings headings))
        {
            await RefuseAsync(message.Id, McpErrorCode.InvalidRequest, message.Problem ?? ClientMessage.Ambiguous).ConfigureAwait(false);
            return;
        }

        if ((HeaderCheck.Problem(_context.Request.Headers, headings) ?? request.Server.ParametersOf(request.Caller.Guard).Problem(_context.Request.Headers, headings)) is { } mismatch)
        {
            await RefuseAsync(message.Kind == ClientMessageKind.Cancellation ? null : message.Id, McpErrorCode.HeaderMismatch, mismatch).ConfigureAwait(false);
            return;
        }

        switch (message.Kind)
        {
            case ClientMessageKind.Cancellation:
                await CancelAsync(message.Id!.Value, body).ConfigureAwait(false);
                break;
            case ClientMessageKind.Passed:
                await ForwardAsync(null, body, _context.RequestAborted).ConfigureAwait(false);
                break;
            case ClientMessageKind.Request when headings.Method == RequestMethods.SubscriptionsListen:
                // A stream that only waits for what comes would hold up the end of the proxy.
                using (var either = CancellationTokenSource.CreateLinkedTokenSource(_context.RequestAborted, stopping))
                {
                    await AskAsync(message, body, either.Token).ConfigureAwait(false);
                }

                break;
            default:
                await AskAsync(message, body, _context.RequestAborted).ConfigureAwait(false);
                break;
        }
    }

    private async Task AskAsync(ClientMessage message, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var asked = new OpenRequest(message.Id!.Value, message.Kind);
        if (request.Open.Add(asked) is { } problem)
        {
            await RefuseAsync(asked.Id, McpErrorCode.InvalidRequest, problem).ConfigureAwait(false);
        }
        else if (message.Kind != ClientMessageKind.Call || await IsAllowedAsync(message, asked, body).ConfigureAwait(false))
        {
            await ForwardAsync(asked, body, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsAllowedAsync(ClientMessage message, OpenRequest call, ReadOnlyMemory<byte> body)
    {
        var judge = new CallerJudge(request.Server.GuardOf(request.Caller), request.Server.ToolsOf(request.Caller.Guard), _context.User, request.Session?.Id, stopping);
        using CancellationTokenRegistration gone = _context.RequestAborted.UnsafeRegister(static call => ((OpenRequest)call!).GiveUp(), call);
        ToolDecision decision;
        try
        {
            decision = await judge.JudgeAsync(message, call.Judging).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            request.Open.Remove(call);
            await AnswerGivenUpAsync().ConfigureAwait(false);
            return false;
        }

        if (decision.AnswerAsUnknownTool)
        {
            string unknown = UnknownTool.NewName();
            if (request.Open.TryReplace(call, decision.Call.Tool, unknown))
            {
                await ForwardAsync(call, UnknownTool.CallOf(body, unknown), _context.RequestAborted).ConfigureAwait(false);
            }
            else
            {
                await AnswerGivenUpAsync().ConfigureAwait(false);
            }

            return false;
        }

        if (!decision.IsAllowed)
        {
            request.Open.Remove(call);
            await Responses.WriteAsync(_context, StatusCodes.Status200OK, Answers.Refuse(call.Id, decision)).ConfigureAwait(false);
            return false;
        }

        if (decision.Reason == DecisionReason.Approved && !await callers.AreStillAsync(_context, request.Caller).ConfigureAwait(false))
        {
            request.Open.Remove(call);
            await judge.SettleAsync(decision, ToolOutcome.NotRun).ConfigureAwait(false);
            return false;
        }

        if (request.Open.TrySend(call, judge, decision))
        {
            return true;
        }

        await judge.SettleAsync(decision, ToolOutcome.NotRun).ConfigureAwait(false);
        await AnswerGivenUpAsync().ConfigureAwait(false);
        return false;
    }

    /// <summary>A call that was cancelled while it was judged has nobody who waits for an answer. Where the session has ended meanwhile, its client is to know.</summary>
    private Task AnswerGivenUpAsync()
    {
        if (request.Open.IsClosed)
        {
            return Responses.RefuseAsync(_context, StatusCodes.Status404NotFound, Responses.NoSession);
        }

        _context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    /// <summary>Passes a request on, and its response back.</summary>
    /// <param name="asked">What waits for an answer; null where none is due.</param>
    /// <param name="body">The message; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ForwardAsync(OpenRequest? asked, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await request.Server.Client.SendAsync(_context.Request, body, asked?.Replaced?.Name, cancellationToken).ConfigureAwait(false);
            await answer.PassAsync(response, asked, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.UpstreamFailed(logger, request.Server.Title, "it did not answer in time");
            await answer.AnswerAsync(StatusCodes.Status504GatewayTimeout, asked, "the server did not answer in time").ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException && !_context.Response.HasStarted)
        {
            HttpRequestError problem = (e as HttpRequestException)?.HttpRequestError ?? (e as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
            Log.UpstreamFailed(logger, request.Server.Title, problem.ToString());
            bool wasConnected = problem is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            if (!wasConnected && asked is not null)
            {
                await request.Open.SettleAsync(asked, ToolOutcome.NotRun).ConfigureAwait(false);
            }

            await answer.AnswerAsync(StatusCodes.Status502BadGateway, asked, wasConnected ? "the server broke off, or answered with what is no HTTP" : "the server cannot be reached").ConfigureAwait(false);
        }
        finally
        {
            await SettleUnansweredAsync(asked).ConfigureAwait(false);
        }
    }

    /// <summary>What a session may still ask for again, on another stream, stays open; nobody can ask for anything else.</summary>
    private async Task SettleUnansweredAsync(OpenRequest? asked)
    {
        if (asked is not null && !answer.IsResumable)
        {
            await request.Open.SettleAsync(asked, _context.RequestAborted.IsCancellationRequested ? ToolOutcome.Cancelled : ToolOutcome.Error).ConfigureAwait(false);
        }
    }

    private async Task CancelAsync(MessageId id, ReadOnlyMemory<byte> body)
    {
        bool isOpen = request.Open.TryGiveUp(id, out OpenRequest? cancelled);
        if (isOpen)
        {
            cancelled!.GiveUp();
            await cancelled.SettleAsync(ToolOutcome.Cancelled).ConfigureAwait(false);
        }

        if (isOpen && !cancelled!.IsSent)
        {
            _context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        await ForwardAsync(null, body, _context.RequestAborted).ConfigureAwait(false);
    }

    private Task RefuseAsync(MessageId? id, McpErrorCode code, string problem) =>
        Responses.WriteAsync(_context, StatusCodes.Status400BadRequest, Answers.Error(id, code, problem));
}

using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>One client and one server, and what passes between them.</summary>
internal sealed class ProxySession
{
    private readonly CallerJudge _judge;
    private readonly ServerGate _gate;
    private readonly LineWriter _toClient;
    private readonly LineWriter _toServer;
    private readonly ILogger _logger;
    private readonly OpenRequests _open = new();
    private readonly RunningTasks _judging = new();
    private volatile PassingLine? _passing;

    /// <param name="guard">Judges the client's calls.</param>
    /// <param name="toClient">The way to the client.</param>
    /// <param name="toServer">The way to the server.</param>
    /// <param name="logger">Hears of what is dropped.</param>
    /// <param name="heldUntil">Ends the wait for people.</param>
    public ProxySession(ClientGuard guard, LineWriter toClient, LineWriter toServer, ILogger logger, CancellationToken heldUntil = default)
    {
        var tools = new ListedTools(guard);
        _judge = new CallerJudge(guard, tools, heldUntil: heldUntil);
        _gate = new ServerGate(_open, tools.IsShown, logger, areLines: true);
        _toClient = toClient;
        _toServer = toServer;
        _logger = logger;
    }

    /// <summary>What still goes on, such as a call that a person judges.</summary>
    public Task Judging => _judging.WhenDone();

    /// <summary>Takes a line of the client. A call that has to wait for its decision does not hold up what comes behind it.</summary>
    public ValueTask FromClientAsync(TextLine line)
    {
        ClientMessage message = line.IsTooLong ? new ClientMessage(ClientMessageKind.Refused, HeadId.Find(line.Bytes.Span)) : ClientMessage.Read(line.Bytes.Span);
        return message.Kind switch
        {
            ClientMessageKind.Passed => _toServer.WriteAsync(line.Bytes, line.IsFollowed),
            ClientMessageKind.Request or ClientMessageKind.Initialize or ClientMessageKind.Listing => AskAsync(message, line),
            ClientMessageKind.Call => CallAsync(message, line),
            ClientMessageKind.Cancellation => CancelAsync(message.Id!.Value, line.Bytes),
            _ => RefuseAsync(message, line),
        };
    }

    /// <summary>Whether a long line of the server, of which this is the beginning, can pass in parts.</summary>
    public bool CanPassInParts(ReadOnlyMemory<byte> head) => _open.CanPassInParts(HeadId.Find(head.Span));

    /// <summary>Takes a line of the server, or a part of one.</summary>
    public async ValueTask FromServerAsync(TextLine line)
    {
        if (line.IsPart || _passing is not null)
        {
            PassingLine passing = _passing ??= new PassingLine(_open, _toClient, HeadId.Find(line.Bytes.Span), _logger);
            await passing.TakeAsync(line).ConfigureAwait(false);
            if (!line.IsPart)
            {
                _passing = null;
                passing.Dispose();
            }

            return;
        }

        if (await _gate.PassAsync(line.Bytes, !line.IsTooLong).ConfigureAwait(false) is { } passed)
        {
            await _toClient.WriteAsync(passed, line.IsFollowed).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the client that the list of tools may have changed, where the server has said that such is told. It does not wait for the client.</summary>
    public void TellOfTools()
    {
        MessageId?[] subscriptions = [.. _open.Listeners()];
        foreach (MessageId? subscription in _gate.TellsOfTools ? [null, .. subscriptions] : subscriptions)
        {
            _judging.Add(Task.Run(() => TryTellAsync(Answers.ToolsChanged(subscription)).AsTask()));
        }
    }

    /// <summary>Settles whatever has no answer. It does not wait for the client.</summary>
    /// <returns>The requests that get none.</returns>
    public async ValueTask<IReadOnlyList<MessageId>> CloseAsync()
    {
        OpenRequest[] unanswered = _open.Close();
        foreach (OpenRequest request in unanswered)
        {
            request.GiveUp();
            await request.SettleAsync(ToolOutcome.Error).ConfigureAwait(false);
        }

        return [.. unanswered.Select(static request => request.Id)];
    }

    /// <summary>Tells the client which requests get no answer. A client that does not read is waited for.</summary>
    public async Task TellOfEndAsync(IReadOnlyList<MessageId> unanswered)
    {
        if (_passing is { } passing)
        {
            await passing.EndAsync().ConfigureAwait(false);
        }

        foreach (MessageId id in unanswered)
        {
            await TryTellAsync(Answers.Error(id, McpErrorCode.InternalError, ServerGate.Ended)).ConfigureAwait(false);
        }

        await _judging.WhenDone().ConfigureAwait(false);
    }

    private async ValueTask AskAsync(ClientMessage message, TextLine line)
    {
        var request = new OpenRequest(message.Id!.Value, message.Kind);
        if (_open.Add(request) is { } problem)
        {
            await _toClient.WriteAsync(Answers.Error(request.Id, McpErrorCode.InvalidRequest, problem)).ConfigureAwait(false);
            return;
        }

        await _toServer.WriteAsync(line.Bytes, line.IsFollowed).ConfigureAwait(false);
    }

    private async ValueTask CallAsync(ClientMessage message, TextLine line)
    {
        var call = new OpenRequest(message.Id!.Value, message.Kind);
        if (_open.Add(call) is { } problem)
        {
            await _toClient.WriteAsync(Answers.Error(call.Id, McpErrorCode.InvalidRequest, problem)).ConfigureAwait(false);
            return;
        }

        ValueTask<ToolDecision> deciding = _judge.JudgeAsync(message, call.Judging);
        if (deciding.IsCompletedSuccessfully)
        {
            await GoOnAsync(call, deciding.Result, line.Bytes, line.IsFollowed).ConfigureAwait(false);
        }
        else
        {
            // The line's memory is the reader's, which reads on.
            byte[] kept = line.Bytes.ToArray();
            _judging.Add(WaitAsync(call, deciding, kept));
        }
    }

    private async Task WaitAsync(OpenRequest call, ValueTask<ToolDecision> deciding, byte[] line)
    {
        try
        {
            await GoOnAsync(call, await deciding.ConfigureAwait(false), line, isFollowed: false).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client gave it up, or everything ends: nothing was reserved.
            _open.Remove(call);
        }
        catch (IOException)
        {
            // One of the two is gone, which its reader finds too.
        }
    }

    private async ValueTask GoOnAsync(OpenRequest call, ToolDecision decision, ReadOnlyMemory<byte> line, bool isFollowed)
    {
        if (decision.AnswerAsUnknownTool)
        {
            string unknown = UnknownTool.NewName();
            if (_open.TryReplace(call, decision.Call.Tool, unknown))
            {
                await _toServer.WriteAsync(UnknownTool.CallOf(line, unknown), isFollowed).ConfigureAwait(false);
            }
        }
        else if (!decision.IsAllowed)
        {
            if (_open.Remove(call))
            {
                await _toClient.WriteAsync(Answers.Refuse(call.Id, decision)).ConfigureAwait(false);
            }
        }
        else if (_open.TrySend(call, _judge, decision))
        {
            await _toServer.WriteAsync(line, isFollowed).ConfigureAwait(false);
        }
        else
        {
            await _judge.SettleAsync(decision, ToolOutcome.NotRun).ConfigureAwait(false);
        }
    }

    private async ValueTask CancelAsync(MessageId id, ReadOnlyMemory<byte> line)
    {
        bool isOpen = _open.TryGiveUp(id, out OpenRequest? request);
        if (!isOpen || request!.IsSent)
        {
            await _toServer.WriteAsync(line).ConfigureAwait(false);
        }

        if (isOpen)
        {
            request!.GiveUp();
            await request.SettleAsync(ToolOutcome.Cancelled).ConfigureAwait(false);
        }
    }

    private async ValueTask RefuseAsync(ClientMessage message, TextLine line)
    {
        if (message.Id is { } id)
        {
            await _toClient.WriteAsync(Answers.Error(id, McpErrorCode.InvalidRequest, line.IsTooLong
                ? "the message is longer than this proxy takes"
                : message.Problem ?? ClientMessage.Ambiguous)).ConfigureAwait(false);
        }
        else if (!line.Bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            Log.ClientLineDropped(_logger);
        }
    }

    private async ValueTask TryTellAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _toClient.WriteAsync(message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client is gone too.
        }
    }
}

using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>One connection of a client: what goes out is judged, what comes in settles calls and is rid of hidden tools.</summary>
internal sealed class GuardedTransport : ITransport
{
    private readonly ITransport _inner;
    private readonly ClientGuard _guard;
    private readonly ListedTools _tools;
    private readonly ClientRequests _open;
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateUnbounded<JsonRpcMessage>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _pump;
    private int _isDisposed;

    public GuardedTransport(ITransport inner, ClientGuard guard)
    {
        _inner = inner;
        _guard = guard;
        _tools = new ListedTools(guard);
        _open = new ClientRequests(guard.Guard);
        _pump = PumpAsync();
    }

    public string? SessionId => _inner.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message is not (JsonRpcRequest or JsonRpcNotification))
        {
            return _inner.SendMessageAsync(message, cancellationToken);
        }

        string method = (message as JsonRpcRequest)?.Method ?? ((JsonRpcNotification)message).Method;
        return method switch
        {
            RequestMethods.ToolsCall when message is JsonRpcRequest request => CallAsync(request, cancellationToken),
            RequestMethods.ToolsList when message is JsonRpcRequest request => ListAsync(request, cancellationToken),
            NotificationMethods.CancelledNotification => CancelAsync(message, cancellationToken),
            _ when IsLike(method, RequestMethods.ToolsCall) || IsLike(method, RequestMethods.ToolsList) =>
                throw new InvalidOperationException("a message that only looks like `tools/call` or `tools/list` is not sent: some servers would take it for one"),
            _ => _inner.SendMessageAsync(message, cancellationToken),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // However it ends, no answers come any more.
            await _stop.CancelAsync().ConfigureAwait(false);
            await _pump.ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    /// <summary>Whether a sloppy server could take a method for another: by case, or by white space around it.</summary>
    private static bool IsLike(string method, string exact) => LooseName.Equals(method.Trim(), exact);

    private async Task CallAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        // Its parts are nodes that the sender still holds: what is judged and what leaves is one text, taken now.
        OutgoingCall call = OutgoingCall.Of(request);
        using ClientRequests.Place place = _open.Reserve(request.Id);
        ToolDecision decision = await JudgeAsync(call, cancellationToken).ConfigureAwait(false);
        if (!decision.IsAllowed)
        {
            _incoming.Writer.TryWrite(call.Refuse(decision));
            return;
        }

        place.Keep(decision);
        if (_open.IsOver || cancellationToken.IsCancellationRequested)
        {
            await _open.SettleAsync(request.Id, ToolOutcome.NotRun).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw Ended();
        }

        try
        {
            await _inner.SendMessageAsync(call.ToSend(), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The server may have run it for all that: some transports send and wait for the answer in one.
            await _open.SettleAsync(request.Id, ToolOutcome.Error).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Judges a call while there is somebody to send it to: nobody is asked on, and nobody waits, about one that cannot be made any more.</summary>
    private async Task<ToolDecision> JudgeAsync(OutgoingCall call, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        try
        {
            Grant? grant = await GrantResolvers.FindGrantAsync(_guard.Resolver, default, either.Token).ConfigureAwait(false);
            return await _guard.Guard.AuthorizeAsync(
                new ToolCall(grant, call.Tool, call.Arguments) { Server = _guard.Server, Context = _tools.Find(call.Tool) }, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Ended();
        }
    }

    private static IOException Ended() => new("the connection to the server has ended");

    private Task ListAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        _open.AddListing(request.Id);
        return _inner.SendMessageAsync(request, cancellationToken);
    }

    private async Task CancelAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        await _inner.SendMessageAsync(message, cancellationToken).ConfigureAwait(false);
        if (CancelledRequest.IdOf(message) is { } id)
        {
            await _open.SettleAsync(id, ToolOutcome.Cancelled).ConfigureAwait(false);
        }
    }

    private async Task PumpAsync()
    {
        Exception? failure = null;
        try
        {
            await foreach (JsonRpcMessage message in _inner.MessageReader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                if (await ReceiveAsync(message).ConfigureAwait(false) is { } received)
                {
                    _incoming.Writer.TryWrite(received);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The client is done, and nobody reads on.
        }
        catch (Exception e)
        {
            failure = e;
        }

        await _open.SettleAllAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        _incoming.Writer.TryComplete(failure);
    }

    /// <summary>What the client gets of a message; null when it is to get nothing.</summary>
    private async ValueTask<JsonRpcMessage?> ReceiveAsync(JsonRpcMessage message)
    {
        switch (message)
        {
            case JsonRpcResponse or JsonRpcError when _open.IsBeingJudged(((JsonRpcMessageWithId)message).Id):
                return null;
            case JsonRpcResponse response when _open.TakeListing(response.Id):
                return _tools.Prune(response);
            case JsonRpcResponse response:
                await _open.SettleAsync(response.Id, ResponseOutcome.Of(response.Result)).ConfigureAwait(false);
                return message;
            case JsonRpcError error:
                _open.TakeListing(error.Id);
                await _open.SettleAsync(error.Id, ToolOutcome.Error).ConfigureAwait(false);
                return message;
            default:
                return message;
        }
    }
}

using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>Passes a long line of the server on while it comes. The client takes it for a message at its end, which it gets only when the message could be read for certain, and when what it answers is settled.</summary>
/// <param name="open">The requests that wait.</param>
/// <param name="to">Where it goes; until its end nobody else writes there.</param>
/// <param name="id">The id that the message begins with; null where that is not known.</param>
/// <param name="logger">Hears of a line that did not pass to its end.</param>
internal sealed class PassingLine(OpenRequests open, LineWriter to, MessageId? id, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly PassingAnswer _message = new();

    /// <summary>Whose answer it is, as far as is known.</summary>
    private MessageId? _id = id;

    /// <summary>The part in which the message has ended, until the line does.</summary>
    private ReadOnlyMemory<byte> _last;
    private bool _hasBegun;
    private bool _isOver;

    /// <summary>Takes the next part; the rest of a line that cannot pass is dropped.</summary>
    public async ValueTask TakeAsync(TextLine part)
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!_isOver && !await TryPassAsync(part).ConfigureAwait(false))
            {
                await FailAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>No more of it comes.</summary>
    public async ValueTask EndAsync()
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (!_isOver)
        {
            End();
        }

        _one.Release();
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<bool> TryPassAsync(TextLine part)
    {
        bool goesOn = false;
        try
        {
            if (!_hasBegun)
            {
                await to.BeginAsync().ConfigureAwait(false);
                _hasBegun = true;
            }

            if (part.IsPart)
            {
                return goesOn = await TryPassPartAsync(part.Bytes).ConfigureAwait(false);
            }

            if (!await TrySettleAsync(part.Bytes).ConfigureAwait(false))
            {
                return false;
            }

            await to.WritePartAsync(_last).ConfigureAwait(false);
            await to.WritePartAsync(part.Bytes).ConfigureAwait(false);
            return true;
        }
        finally
        {
            if (!goesOn)
            {
                End();
            }
        }
    }

    /// <summary>What ends the message waits for the end of the line.</summary>
    private async ValueTask<bool> TryPassPartAsync(ReadOnlyMemory<byte> part)
    {
        if (!_last.IsEmpty || part.Span.Contains((byte)'\r') || !_message.TryAdd(part.Span))
        {
            return false;
        }

        if (_message.IsComplete)
        {
            _last = part.ToArray();
        }
        else
        {
            await to.WritePartAsync(part).ConfigureAwait(false);
        }

        return true;
    }

    private ValueTask<bool> TrySettleAsync(ReadOnlyMemory<byte> end)
    {
        ReadOnlySpan<byte> text = end.Span[..StrictLine.WithoutEnd(end.Span).Length];
        ServerAnswer said = text.Contains((byte)'\r') ? default : _message.End(text);
        _id = said.Kind == ServerMessageKind.Answer ? said.Id : _id;
        return open.TrySettleAsync(said);
    }

    private void End()
    {
        _isOver = true;
        if (_hasBegun)
        {
            to.End();
        }
    }

    /// <summary>The client has a line that is no message; who waits for it is told.</summary>
    private async ValueTask FailAsync()
    {
        Log.AnswerCutOff(logger);
        if (_id is { } known && open.TryTake(known, out OpenRequest? request))
        {
            await request.SettleAsync(ToolOutcome.Error).ConfigureAwait(false);
            await to.WriteAsync(Answers.Error(known, McpErrorCode.InternalError, ServerGate.Unreadable)).ConfigureAwait(false);
        }
    }
}

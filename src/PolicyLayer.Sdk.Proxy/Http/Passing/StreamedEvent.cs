using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Proxy.Http.Events;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;

namespace PolicyLayer.Sdk.Proxy.Http.Passing;

/// <summary>Passes an event with a long message on while it comes. Clients take it for one at its end, which they get only when the message could be read for certain, and when what it answers is settled.</summary>
internal sealed class StreamedEvent(ProxyRequest request, OpenRequest asked, EventOutlet outlet, ILogger logger)
{
    private readonly PassingAnswer _message = new();

    /// <param name="begun">The beginning of the event.</param>
    /// <param name="events">Where the rest comes from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when it was cut off, and with it the stream; null when the stream ended before it.</returns>
    public async ValueTask<bool?> TryPassAsync(ServerEvent begun, EventReader events, CancellationToken cancellationToken)
    {
        await outlet.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await outlet.WritePartAsync(begun.BeforeData(), cancellationToken).ConfigureAwait(false);
            EventPart? part = new EventPart(begun.Data, EventPartKind.Data, EndsLine: false);
            while (part is { } next && TryTake(next))
            {
                await WriteAsync(next, cancellationToken).ConfigureAwait(false);
                part = await events.ReadPartAsync(cancellationToken).ConfigureAwait(false);
            }

            if (part is null)
            {
                // An event without its end is none; its request has no answer yet.
                return null;
            }

            if (part is { Kind: EventPartKind.End } && await request.Open.TrySettleAsync(_message.End(default)).ConfigureAwait(false))
            {
                await outlet.WritePartAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            outlet.End();
        }

        await StreamedAnswer.CutOffAsync(request, asked, logger).ConfigureAwait(false);
        return false;
    }

    /// <summary>A carriage return within a line ends that for some readers.</summary>
    private bool TryTake(EventPart part) => part.Kind switch
    {
        EventPartKind.Field => true,
        EventPartKind.Data => !part.Text.Span.Contains((byte)'\r') && _message.TryAdd(part.Text.Span),
        EventPartKind.NextData => !part.Text.Span.Contains((byte)'\r') && _message.TryAdd("\n"u8) && _message.TryAdd(part.Text.Span),
        _ => false,
    };

    private async ValueTask WriteAsync(EventPart part, CancellationToken cancellationToken)
    {
        if (part.Kind == EventPartKind.NextData)
        {
            await outlet.WritePartAsync("data: "u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        await outlet.WritePartAsync(part.Text, cancellationToken).ConfigureAwait(false);
        if (part.EndsLine)
        {
            await outlet.WritePartAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Http.Passing;

/// <summary>Passes a long answer on while it comes. The client gets its end only when it was an answer to this request, and when that is settled.</summary>
internal sealed class StreamedAnswer(ProxyRequest request, OpenRequest asked, ILogger logger)
{
    private readonly HttpContext _context = request.Context;

    /// <param name="head">The beginning of the answer.</param>
    /// <param name="stream">Where the rest comes from.</param>
    /// <param name="length">How long it is; null where the server does not say.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PassAsync(ReadOnlyMemory<byte> head, Stream stream, long? length, CancellationToken cancellationToken)
    {
        _context.Response.ContentType = Responses.Json;
        _context.Response.ContentLength = length;
        var answer = new PassingAnswer();
        byte[] buffer = new byte[PassingAnswer.Held];
        ReadOnlyMemory<byte> block = head;
        while (answer.TryAdd(block.Span) && !answer.IsComplete)
        {
            await _context.Response.Body.WriteAsync(block, cancellationToken).ConfigureAwait(false);
            block = buffer.AsMemory(0, await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
            if (block.IsEmpty)
            {
                break;
            }
        }

        if (answer.IsComplete
            && await RequestBody.ReadAsync(stream, null, PassingAnswer.Held, cancellationToken).ConfigureAwait(false) is { } rest
            && answer.End(rest.Span) is { Kind: ServerMessageKind.Answer } said && said.Id == asked.Id && await request.Open.SettleAsync(asked, said.Outcome).ConfigureAwait(false))
        {
            await _context.Response.Body.WriteAsync(block, cancellationToken).ConfigureAwait(false);
            await _context.Response.Body.WriteAsync(rest, cancellationToken).ConfigureAwait(false);
            return;
        }

        await CutOffAsync(request, asked, logger).ConfigureAwait(false);
    }

    /// <summary>Ends a response whose answer turned out to be none: what has begun to pass cannot become an error any more, and cut off, nobody takes it for an answer.</summary>
    public static async ValueTask CutOffAsync(ProxyRequest request, OpenRequest asked, ILogger logger)
    {
        await request.Open.SettleAsync(asked, ToolOutcome.Error).ConfigureAwait(false);
        Log.AnswerCutOff(logger);
        request.Context.Abort();
    }
}

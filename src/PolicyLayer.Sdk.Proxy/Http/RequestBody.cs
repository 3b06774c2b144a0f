using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Reads the message of a request.</summary>
internal static class RequestBody
{
    private const int Block = 1 << 10;

    /// <summary>The bytes; null when they are none that this proxy takes, and the request has its answer.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int maxBytes)
    {
        HttpRequest request = context.Request;
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals(Responses.Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || request.Headers.ContentEncoding.Count > 0)
        {
            await Responses.RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "a message is application/json in UTF-8 (charset=utf-8, or none), without a content encoding").ConfigureAwait(false);
            return null;
        }

        ReadOnlyMemory<byte>? body;
        try
        {
            body = request.ContentLength > maxBytes
                ? null
                : await ReadAsync(request.Body, request.ContentLength, maxBytes, context.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await Responses.RefuseAsync(context, e.StatusCode, "the web server that the proxy runs on takes no such body: it is longer than that server's own bound, or could not be read").ConfigureAwait(false);
            return null;
        }

        if (body is null)
        {
            await Responses.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"the message is longer than {maxBytes} bytes")).ConfigureAwait(false);
        }

        return body;
    }

    /// <summary>All of a stream; null when it is longer than the bound.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="length">How long it is said to be; null where nobody says.</param>
    /// <param name="maxBytes">The bound.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, long? length, int maxBytes, CancellationToken cancellationToken) =>
        await ReadHeadAsync(stream, length, maxBytes, cancellationToken).ConfigureAwait(false) is { IsWhole: true } all ? all.Bytes : default(ReadOnlyMemory<byte>?);

    /// <summary>All of a stream; when that is longer than the bound, a little more than the bound.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="length">How long it is said to be; null where nobody says.</param>
    /// <param name="maxBytes">The bound.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadHeadAsync(Stream stream, long? length, int maxBytes, CancellationToken cancellationToken)
    {
        // One byte more, into which the end is read.
        var text = new ArrayBufferWriter<byte>((int)Math.Min(length ?? Block, Block) + 1);
        for (int read; (read = await stream.ReadAsync(text.GetMemory(), cancellationToken).ConfigureAwait(false)) > 0;)
        {
            text.Advance(read);
            if (text.WrittenCount > maxBytes)
            {
                return (text.WrittenMemory, false);
            }
        }

        return (text.WrittenMemory, true);
    }
}

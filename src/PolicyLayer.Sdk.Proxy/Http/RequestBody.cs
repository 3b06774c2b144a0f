using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Reads the message of a request.</summary>
internal static class RequestBody
{
    /// <summary>The bytes; null when they are none that this proxy takes, and the status says why.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int maxBytes)
    {
        HttpRequest request = context.Request;
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals(Responses.Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || request.Headers.ContentEncoding.Count > 0)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return null;
        }

        if (request.ContentLength > maxBytes)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return null;
        }

        ReadOnlyMemory<byte>? body = await ReadAsync(request.Body, maxBytes, context.RequestAborted).ConfigureAwait(false);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }

        return body;
    }

    /// <summary>All of a stream; null when it is longer than the bound.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken) =>
        await ReadHeadAsync(stream, maxBytes, cancellationToken).ConfigureAwait(false) is { IsWhole: true } all ? all.Bytes : default(ReadOnlyMemory<byte>?);

    /// <summary>All of a stream; when that is longer than the bound, a little more than the bound.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadHeadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        for (int read; (read = await stream.ReadAsync(text.GetMemory(1 << 12), cancellationToken).ConfigureAwait(false)) > 0;)
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

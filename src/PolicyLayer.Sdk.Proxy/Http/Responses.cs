using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using PolicyLayer.Sdk.Proxy.Http.Headers;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Writes what the client gets.</summary>
internal static class Responses
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";
    public const string NoSession = "there is no such session, or it has ended; begin a new one";

    /// <summary>One message, with its status.</summary>
    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = message.Length;
        await context.Response.Body.WriteAsync(message, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Says why a request goes no further, in words without a sign that JSON escapes, as clients log the bytes: an error without an id, as the revision 2025-11-25 has it (transports, streamable HTTP).</summary>
    public static Task RefuseAsync(HttpContext context, int status, string why) =>
        WriteAsync(context, status, Answers.Error(null, status >= StatusCodes.Status500InternalServerError ? McpErrorCode.InternalError : McpErrorCode.InvalidRequest, why));

    /// <summary>The beginning of a stream of events.</summary>
    public static async Task BeginEventsAsync(HttpContext context)
    {
        context.Response.ContentType = Events;
        context.Response.Headers.CacheControl = "no-cache,no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Takes over the headers that are meant for the client; none that a web server would not send.</summary>
    public static void CopyHeaders(HttpResponseMessage from, HttpResponse to)
    {
        foreach (string name in McpHeaders.ToClient)
        {
            if (from.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.All(IsPlain))
            {
                to.Headers[name] = values.ToArray();
            }
        }
    }

    /// <summary>Whether a header's value is printable ASCII.</summary>
    public static bool IsPlain(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}

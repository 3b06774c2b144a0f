using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Writes what the client gets.</summary>
internal static class Responses
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";

    /// <summary>One message, with its status.</summary>
    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = message.Length;
        await context.Response.Body.WriteAsync(message, context.RequestAborted).ConfigureAwait(false);
    }

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

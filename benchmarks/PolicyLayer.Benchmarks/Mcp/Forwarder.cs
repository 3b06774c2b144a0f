using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>Passes requests on and their answers back, and looks at nothing: what a second web server and a second HTTP client take by themselves.</summary>
internal static class Forwarder
{
    private const string SessionHeader = "Mcp-Session-Id";

    public static async Task ServeAsync(string upstream)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        await using WebApplication app = WebRoles.Create();
        app.MapPost("/mcp", context => PassAsync(context, client, new Uri(upstream)));
        await WebRoles.StartAsync(app);
        await app.WaitForShutdownAsync();
    }

    private static async Task PassAsync(HttpContext context, HttpMessageInvoker client, Uri upstream)
    {
        byte[] body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        using var request = new HttpRequestMessage(HttpMethod.Post, upstream) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", (string?)context.Request.Headers.Accept);
        if (context.Request.Headers[SessionHeader] is [{ } session])
        {
            request.Headers.TryAddWithoutValidation(SessionHeader, session);
        }

        using HttpResponseMessage response = await client.SendAsync(request, context.RequestAborted);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (response.Headers.TryGetValues(SessionHeader, out IEnumerable<string>? opened))
        {
            context.Response.Headers[SessionHeader] = opened.Single();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}

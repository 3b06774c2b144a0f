using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Http.Headers;

namespace PolicyLayer.Sdk.Proxy.Http.Upstreams;

/// <summary>Asks a server, with the headers that are meant for it and no others.</summary>
internal sealed class UpstreamClient(ToolPolicyUpstream upstream, TimeSpan timeout, TimeProvider time)
{
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // What the web server has read as UTF-8 goes on as the bytes that came.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
    });

    private readonly KeyValuePair<string, string>[] _headers = [.. upstream.Headers.Select(Check)];

    /// <summary>Where the server is, without its path, which may hold a secret.</summary>
    public string Address => upstream.Endpoint.Authority;

    /// <summary>Sends what a client sent, and waits until the server begins to answer.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="body">The bytes of its message; null where it has none.</param>
    /// <param name="name">The name that the message has in place of the client's; null where it is the client's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached, or ended the connection.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It reset a connection that was just made: some of these failures the handler passes on as they are.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequest request, ReadOnlyMemory<byte>? body, string? name, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), upstream.Endpoint);
        foreach (string header in McpHeaders.ToServer)
        {
            if (request.Headers.TryGetValue(header, out var values))
            {
                message.Headers.TryAddWithoutValidation(header, name is not null && header == McpHeaders.Name ? [name] : (IEnumerable<string?>)values);
            }
        }

        if (body is not null && name is null)
        {
            // They were compared with the message.
            foreach ((string header, var values) in request.Headers.Where(static one => one.Key.StartsWith(McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase)))
            {
                message.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values);
            }
        }

        foreach ((string header, string value) in _headers)
        {
            message.Headers.Remove(header);
            message.Headers.TryAddWithoutValidation(header, value);
        }

        if (body is { } bytes)
        {
            message.Content = new ReadOnlyMemoryContent(bytes);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var late = new CancellationTokenSource(timeout, time);
        using CancellationTokenRegistration ended = cancellationToken.UnsafeRegister(static late => ((CancellationTokenSource)late!).Cancel(), late);
        try
        {
            return await Client.SendAsync(message, late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("it did not answer in time", e);
        }
    }

    /// <summary>A header that no request can have would fail with the first one, not at the start. Its value may be a secret.</summary>
    private static KeyValuePair<string, string> Check(KeyValuePair<string, string> header) =>
        UpstreamHeaders.CanHave(header.Key, header.Value) ? header
            : throw new InvalidOperationException($"the header `{header.Key}` for a server is one that no request can have, or its value has control characters");
}

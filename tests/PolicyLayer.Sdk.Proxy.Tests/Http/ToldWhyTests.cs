using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>A message or an answer that does not pass comes with a reason, from which somebody finds out what to change. Requests that are refused before their message is read are in <see cref="RefusalTests"/>.</summary>
public sealed class ToldWhyTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private const string Error = """{"jsonrpc":"2.0","error":{"code":-32000,"message":"only one stream is allowed"},"id":null}""";
    private static readonly (string, string) Session = ("Mcp-Session-Id", "session-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("POST", """{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    public async Task Error_of_the_server_keeps_its_message_where_nothing_was_asked(string method, string? body)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, Error, 409);
            return true;
        };
        Assert.Equal((409, Error), await SendAsync(proxy, method, body, "application/json", Session));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"mine"},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","result":{},"id":null}""")]
    [InlineData("<h1>secret</h1>")]
    public async Task Failure_that_is_no_error_of_the_protocol_for_nobody_has_no_body(string answer)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, answer, 400);
            return true;
        };
        Assert.Equal((400, string.Empty), await SendAsync(proxy, "POST", """{"jsonrpc":"2.0","method":"notifications/initialized"}""", "application/json"));
    }

    [Theory]
    [InlineData(Ping, "application/json; charset=utf8", 415, "application/json in UTF-8")]
    [InlineData("[" + Ping + "]", "application/json", 400, "a batch")]
    [InlineData(" \r\n[" + Ping, "application/json", 400, "a batch")]
    [InlineData("""{"id":1,"id":1,"method":"ping"}""", "application/json", 400, "read in more than one way")]
    public async Task Message_that_does_not_pass_is_told_why(string body, string type, int status, string expected)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        (int code, string answer) = await SendAsync(proxy, "POST", body, type);
        Assert.Equal(status, code);
        Assert.Contains(expected, MessageOf(answer), StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""", "read in more than one way")]
    [InlineData("\uFEFF" + """{"jsonrpc":"2.0","id":1,"result":{}}""", "read in more than one way")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":{}}""", "under another id")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/progress"}""", "did not answer this request")]
    public async Task Answer_that_does_not_pass_is_told_from_none(string said, string expected)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, said);
            return true;
        };
        Assert.Contains(expected, MessageOf((await proxy.SayAsync(Ping)).Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(307, "redirects are not followed")]
    [InlineData(401, "credentials")]
    [InlineData(403, "credentials")]
    public async Task Status_that_whoever_runs_the_proxy_can_mend_says_how(int status, string expected)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/secret";
            return Task.FromResult(true);
        };
        (int seen, string body) = await proxy.SayAsync(Ping);
        Assert.Equal(502, seen);
        Assert.Contains(expected, MessageOf(body), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    // Its client would wait for an address that never comes: what names it is no message, and leads past the proxy.
    [Fact(Timeout = 60_000)]
    public async Task Stream_of_a_server_of_the_older_transport_ends()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, "event: endpoint\ndata: /messages?sessionId=1\n\n");
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        (int status, string events) = await SendAsync(proxy, "GET", null, string.Empty);
        Assert.Equal(200, status);
        Assert.DoesNotContain("data", events, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> SendAsync(HttpProxyUnderTest proxy, string method, string? body, string type, params (string Name, string Value)[] headers)
    {
        HttpContent? content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content?.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await proxy.SendAsync(new HttpMethod(method), content, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    private static string MessageOf(string answer) => JsonElement.Parse(answer).GetProperty("error").GetProperty("message").GetString()!;
}

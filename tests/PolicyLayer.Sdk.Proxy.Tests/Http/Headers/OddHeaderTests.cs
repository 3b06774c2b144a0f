using System.Net;
using System.Net.Sockets;
using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Headers;

/// <summary>Heads of requests and responses that are odd, yet no reason to fail.</summary>
public sealed class OddHeaderTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("tracestate")]
    [InlineData("Last-Event-ID")]
    public async Task Header_beyond_ascii_goes_on_as_it_came(string name)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.StartsWith("HTTP/1.1 200 ", await RawRequest.PostAsync(proxy.Endpoint, $"{name}: M\u00F6bius \u4E16/1\r\nContent-Length: {Call.Length}\r\n", Call), StringComparison.Ordinal);
        Assert.Equal("M\u00F6bius \u4E16/1", proxy.Server.Received.Single().Headers[name]);
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("Application/JSON; odata.metadata=none")]
    public async Task Type_that_says_json_in_utf8_in_another_way_passes(string type)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Call));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await proxy.SendAsync(HttpMethod.Post, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "ZZ\r\n", 400)]
    [InlineData("Content-Length: 40000000\r\n", "", 413)]
    public async Task Body_that_the_web_server_does_not_take_is_refused(string head, string body, int status)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options => options.MaxClientMessageBytes = 64 << 20);
        string answer = await RawRequest.PostAsync(proxy.Endpoint, head, body);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("the web server that the proxy runs on takes no such body", answer, StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData(1, 40_000)]
    [InlineData(200, 10)]
    public async Task Head_that_is_longer_than_the_web_server_takes_is_refused(int headers, int length)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string head = string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: {new string('x', length)}\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await RawRequest.PostAsync(proxy.Endpoint, head + $"Content-Length: {Call.Length}\r\n", Call), StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
        Assert.Empty(proxy.Audit.Decisions);
    }

    [Theory]
    [InlineData(429, 429, "7")]
    [InlineData(503, 503, "7")]
    [InlineData(401, 502, null)]
    public async Task Server_that_is_too_busy_says_until_when_and_opens_no_session(int status, int seen, string? retry)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["Mcp-Session-Id"] = "session-9";
            await UpstreamServer.WriteAsync(context, """{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"busy"}}""", status);
            return true;
        };
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        Assert.Equal(seen, (int)response.StatusCode);
        Assert.Equal(retry, response.Headers.RetryAfter?.ToString());
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Theory]
    [InlineData("Retry-After", 200, ToolOutcome.Ok)]
    [InlineData("Cache-Control", 200, ToolOutcome.Ok)]
    [InlineData("Mcp-Session-Id", 503, ToolOutcome.Error)]
    public async Task Header_of_the_server_that_no_web_server_sends_stays_behind(string name, int status, ToolOutcome outcome)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(new Uri($"http://{server.LocalEndpoint}/mcp")));
        Task<(int Status, string Body)> said = proxy.SayAsync(Call);
        using TcpClient asked = await server.AcceptTcpClientAsync(Token);
        const string Answer = """{"jsonrpc":"2.0","id":1,"result":{}}""";
        await asked.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{name}: \u00E9\r\nContent-Length: {Answer.Length}\r\n\r\n{Answer}"), Token);
        Assert.Equal(status, (await said).Status);
        Assert.Contains("\"id\":1", (await said).Body, StringComparison.Ordinal);
        Assert.Equal([outcome], proxy.Audit.Outcomes);
    }

    [Theory]
    [InlineData("task-7", true)]
    [InlineData("=?base64?dGFzay03?=", true)]
    [InlineData("task-8", false)]
    public async Task Header_that_names_what_a_method_of_an_extension_asks_for_must_be_true(string name, bool isTrue)
    {
        // Which parameter it repeats is up to the extension; that of tasks has `taskId`.
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        (int status, string body) = await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"n":8,"taskId":"task-7"}}""", ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tasks/get"), ("Mcp-Name", name));
        Assert.Equal(isTrue ? 200 : 400, status);
        Assert.Equal(!isTrue, body.Contains("-32020", StringComparison.Ordinal));
        Assert.Equal(isTrue ? [name] : [], proxy.Server.Received.Select(static one => one.Headers["Mcp-Name"].ToString()));
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Upstreams;

/// <summary>Servers that do not keep to HTTP, or break off: the client is always told, and the call is settled.</summary>
public sealed class BrokenServerTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";
    private const string Answer = """{"jsonrpc":"2.0","id":1,"result":{}}""";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n" + Answer;
    private const string Events = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("SSH-2.0-server\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n" + Answer)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n24\r\n" + Answer + "\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n" + Answer)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 36\r\n\r\n" + Answer)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + Answer)]
    [InlineData("HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nConnection: close\r\nLocation: /elsewhere\r\nContent-Length: 36\r\n\r\n" + Answer)]
    public async Task Response_that_is_none_is_an_error_and_the_next_call_runs(string response)
    {
        using var server = new RawServer(Call, response, Ok);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint));
        (int status, string body) = await proxy.SayAsync(Call);
        Assert.Equal(502, status);
        AssertError(body);
        Assert.Equal((200, Answer), await proxy.SayAsync(Call));
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Connection_that_is_reset_at_once_is_an_error_each_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task resetting = ResetAsync(listener);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(new Uri($"http://{listener.LocalEndpoint}/mcp")));
        for (int i = 0; i < 100; i++)
        {
            (int Status, string Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => proxy.SayAsync(Call.Replace("\"id\":1", $"\"id\":{n}", StringComparison.Ordinal))));
            Assert.All(answers, static answer => Assert.Equal(502, answer.Status));
        }

        Assert.DoesNotContain(ToolOutcome.Ok, proxy.Audit.Outcomes);
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => resetting);
    }

    [Fact(Timeout = 60_000)]
    public async Task Header_without_end_is_an_error()
    {
        using var server = new RawServer(Call, "HTTP/1.1 200 OK\r\nX: " + new string('x', 1 << 17));
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint));
        (int status, string body) = await proxy.SayAsync(Call);
        Assert.Equal(502, status);
        AssertError(body);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n" + Answer)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 72\r\n\r\n" + Answer + Answer)]
    public async Task Length_that_lies_makes_no_answer(string response)
    {
        using var server = new RawServer(Call, response, Ok);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint));
        AssertError((await proxy.SayAsync(Call)).Body);
        Assert.Equal((200, Answer), await proxy.SayAsync(Call));
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Response_that_is_announced_first_passes()
    {
        using var server = new RawServer(Call, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nMcp-Session-Id: early\r\n\r\n" + Ok);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint));
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        Assert.Equal(Answer, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
    }

    // Most clients wait for the answer until they lose patience, whatever became of the stream.
    [Theory(Timeout = 60_000)]
    [InlineData("\r\n")]
    [InlineData("\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n")]
    [InlineData("\r\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n\n")]
    [InlineData("\r\ndata: " + Answer + "\n")]
    [InlineData("Content-Length: 500\r\n\r\ndata: " + Answer + "\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\ndata: \n\r\n")]
    public async Task Stream_that_ends_before_the_answer_ends_with_an_error(string rest)
    {
        using var server = new RawServer(Call, Events + rest);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint));
        (int status, string body) = await proxy.SayAsync(Call);
        Assert.Equal(200, status);
        string last = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].TrimStart('\n');
        Assert.StartsWith("data: ", last, StringComparison.Ordinal);
        AssertError(last["data: ".Length..]);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    private static async Task ResetAsync(TcpListener listener)
    {
        while (true)
        {
            using Socket accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            accepted.Close(timeout: 0);
        }
    }

    private static void AssertError(string body)
    {
        JsonElement answer = JsonElement.Parse(body);
        Assert.Equal((1, -32603), (answer.GetProperty("id").GetInt32(), answer.GetProperty("error").GetProperty("code").GetInt32()));
    }
}

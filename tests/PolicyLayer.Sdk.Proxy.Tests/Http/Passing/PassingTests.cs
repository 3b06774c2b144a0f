using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Passing;

/// <summary>What passes over HTTP, and what does not.</summary>
public sealed class PassingTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["secret"], "tools": { "pay": { "action": "deny" } } }""";
    private const string Echo = """{"jsonrpc":"2.0", "id":"e-1","method":"tools/call","params":{"name":"echo","arguments":{"text":"h\u0069"}}}""";

    [Fact]
    public async Task Call_passes_as_the_bytes_that_were_judged_and_its_events_come_back()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        using HttpResponseMessage response = await proxy.PostAsync(Echo, ("Authorization", "Bearer of the client"), ("Cookie", "c=1"), ("MCP-Protocol-Version", "2025-06-18"));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        string[] events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("""
            event: message
            data: {"jsonrpc":"2.0","id":"e-1","result":{"content":[{"type":"text","text":"hi"}]}}
            """.ReplaceLineEndings("\n"), events[1]);
        (string _, HeaderDictionary headers, string body) = Assert.Single(proxy.Server.Received);
        Assert.Equal(Echo, body);
        Assert.Equal("2025-06-18", headers["MCP-Protocol-Version"]);
        Assert.All(["Authorization", "Cookie", "Accept-Encoding"], name => Assert.False(headers.ContainsKey(name)));
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Denied_call_is_answered_by_the_proxy()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        (int status, string body) = await proxy.SayAsync("""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"pay"}}""");
        JsonElement answer = JsonElement.Parse(body);
        Assert.Equal((200, 5), (status, answer.GetProperty("id").GetInt32()));
        Assert.Equal("denied", answer.GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision").GetProperty("reason").GetString());
        Assert.Empty(proxy.Server.Received);
    }

    [Fact]
    public async Task Call_that_nobody_answers_for_is_refused()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync("""{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""");
        Assert.Contains("\"reason\":\"approval_required\"", (await proxy.SayAsync(Echo)).Body, StringComparison.Ordinal);
        Assert.Equal(["echo approval_required"], proxy.Audit.Decisions);
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"name":"pay","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"pay"}}""")]
    public async Task Answer_of_a_client_is_no_call(string answer)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal((202, string.Empty), await proxy.SayAsync(answer));
        Assert.Equal([answer], proxy.Server.Bodies);
        Assert.Empty(proxy.Audit.Decisions);
    }

    [Fact]
    public async Task Listing_loses_hidden_tools_and_schemas_are_enforced_from_then_on()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal(
            (200, """{"jsonrpc":"2.0", "id":1, "result":{"tools":[{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string","x-mcp-header":"Text"}}}}],"x":1.0}}"""),
            await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));
        Assert.Contains("invalid_arguments", (await proxy.SayAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":7}}}""")).Body, StringComparison.Ordinal);
        Assert.Single(proxy.Server.Received);
    }

    [Theory]
    [InlineData(200, "3")]
    [InlineData(400, "3")]
    [InlineData(404, "null")]
    public async Task Hidden_tool_answers_as_one_that_the_server_does_not_have(int status, string id)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, body) =>
        {
            string name = JsonElement.Parse(body).GetProperty("params").GetProperty("name").GetString()!;
            Assert.Equal(name, context.Request.Headers["Mcp-Name"]);
            await UpstreamServer.WriteAsync(context, """{"jsonrpc":"2.0","id":ID,"error":{"code":-32602,"message":"no NAME"}}""".Replace("ID", id, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal), status);
            return true;
        };
        (int seen, string answer) = await proxy.SayAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"secret","arguments":{"key":"private"}}}""", ("Mcp-Name", "secret"), ("Mcp-Method", "tools/call"));
        Assert.Equal((status, """{"jsonrpc":"2.0","id":ID,"error":{"code":-32602,"message":"no secret"}}""".Replace("ID", id, StringComparison.Ordinal)), (seen, answer));
        Assert.DoesNotContain("private", Assert.Single(proxy.Server.Bodies), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Single(proxy.Server.Bodies), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"echo"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"echo"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"Tools/call","params":{"name":"echo"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"echo"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}""")]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")]
    [InlineData("""{"jsonrpc":"2.0","id":1""")]
    [InlineData("")]
    public async Task What_could_be_read_otherwise_is_an_error_and_reaches_nobody(string body)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        (int status, string answer) = await proxy.SayAsync(body);
        Assert.Equal((400, -32600), (status, JsonElement.Parse(answer).GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","Name":"pay"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":1,"a":2}}}""")]
    public async Task Odd_call_is_denied_and_recorded(string body)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Contains("malformed_call", (await proxy.SayAsync(body)).Body, StringComparison.Ordinal);
        Assert.EndsWith("malformed_call", Assert.Single(proxy.Audit.Decisions), StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("Mcp-Method", "tools/list", "Mcp-Name", "echo")]
    [InlineData("Mcp-Method", "tools/call", "Mcp-Name", "pay")]
    [InlineData("Mcp-Method", "tools/call", "Mcp-Name", "Echo")]
    [InlineData("Mcp-Method", "tools/call", "Mcp-Name", "=?base64?cGF5?=")]
    [InlineData("Mcp-Method", "tools/call", "Mcp-Name", "=?base64?***?=")]
    [InlineData("Mcp-Method", "tools/call", "MCP-Protocol-Version", "2026-07-28")]
    [InlineData("Mcp-Name", "echo", "MCP-Protocol-Version", "2026-07-28")]
    [InlineData("Mcp-Method", "tools/call", "Mcp-Method", "tools/call")]
    public async Task Header_that_contradicts_the_body_is_an_error(string name, string value, string otherName, string otherValue)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        (int status, string body) = await proxy.SayAsync(Echo, (name, value), (otherName, otherValue));
        Assert.Equal((400, -32020), (status, JsonElement.Parse(body).GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("Mcp-Param-Text", "hi", true)]
    [InlineData("mcp-param-TEXT", "=?base64?aGk=?=", true)]
    [InlineData("Mcp-Param-Text", "ho", false)]
    [InlineData("Mcp-Param-Other", "hi", false)]
    public async Task Header_that_repeats_an_argument_must_be_the_tools_and_true(string name, string value, bool passes)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal(400, (await proxy.SayAsync(Echo, (name, value))).Status);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Equal(passes ? 200 : 400, (await proxy.SayAsync(Echo, (name, value))).Status);
        Assert.Equal(passes ? value : string.Empty, proxy.Server.Received.Last().Headers["Mcp-Param-Text"].ToString());
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("=?base64?ZWNobw==?=")]
    public async Task Headers_that_say_what_the_body_says_pass(string name)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal(200, (await proxy.SayAsync(Echo, ("Mcp-Method", "tools/call"), ("Mcp-Name", name), ("MCP-Protocol-Version", "2026-07-28"))).Status);
        Assert.Equal(name, proxy.Server.Received.Single().Headers["Mcp-Name"]);
    }

    [Fact]
    public async Task Body_that_is_no_plain_json_or_too_long_is_refused()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options => options.MaxClientMessageBytes = 1000);
        using HttpResponseMessage text = await proxy.SendAsync(HttpMethod.Post, new StringContent(Echo, Encoding.UTF8, "text/plain"));
        using HttpResponseMessage latin = await proxy.SendAsync(HttpMethod.Post, new StringContent(Echo, Encoding.Latin1, "application/json"));
        var zipped = new StringContent(Echo, Encoding.UTF8, "application/json");
        zipped.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage gzip = await proxy.SendAsync(HttpMethod.Post, zipped);
        Assert.All([text, latin, gzip], static response => Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode));
        Assert.Equal(413, (await proxy.SayAsync(Echo + new string(' ', 1000))).Status);
        using HttpResponseMessage chunked = await proxy.SendAsync(HttpMethod.Post, new StreamContent(new Unsized(Encoding.UTF8.GetBytes(Echo + new string(' ', 1000)))) { Headers = { { "Content-Type", "application/json" } } });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("http://evil.example", null, 403)]
    [InlineData("null", null, 403)]
    [InlineData("http://localhost:6274", null, 200)]
    [InlineData("http://127.0.0.1", null, 200)]
    [InlineData("http://localhost.evil.example", null, 403)]
    [InlineData("https://app.example", "https://app.example", 200)]
    [InlineData("http://localhost:6274", "https://app.example", 403)]
    public async Task Origin_is_checked(string origin, string? allowed, int status)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.AllowedOrigins.UnionWith(allowed is null ? [] : [allowed]));
        Assert.Equal(status, (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", ("Origin", origin))).Status);
    }

    // A page of somebody else's machine, behind a web server on this one: the connection is of this machine, the browser is not.
    [Theory]
    [InlineData("http://localhost:6274", "X-Forwarded-For", "203.0.113.9", 403)]
    [InlineData("http://localhost:6274", "Forwarded", "for=203.0.113.9", 403)]
    [InlineData("http://localhost:6274", "Via", "1.1 front", 403)]
    [InlineData("http://localhost:6274", "Host", "mcp.example", 403)]
    [InlineData("http://localhost:6274", "Host", "[::1]:8080", 200)]
    [InlineData("http://evil.example", "X-Forwarded-Host", "localhost", 403)]
    [InlineData("http://evil.example", "Host", "localhost", 403)]
    public async Task Origin_of_this_machine_passes_only_from_this_machine(string origin, string name, string value, int status)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal(status, (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", ("Origin", origin), (name, value))).Status);
    }

    /// <summary>A stream whose length nobody knows before its end.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>Requests that could get past the judgement if two readers took them for different ones: each is judged as the server gets it, or refused.</summary>
public sealed class RawRequestTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "tools": { "pay": { "action": "deny" } } }""";
    private const string Echo = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";
    private const string Pay = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"pay","arguments":{"text":"b"}}}""";
    private const string Json = "Content-Type: application/json\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Length: LENGTH\r\nContent-Encoding: gzip\r\n", 415)]
    [InlineData("Content-Length: LENGTH\r\nContent-Encoding: identity\r\n", 415)]
    [InlineData("Content-Length: LENGTH\r\nContent-Type: application/json\r\n", 415)]
    [InlineData("Content-Length: LENGTH\r\nContent-Type: text/plain\r\n", 415)]
    [InlineData("Content-Length: LENGTH\r\nContent-Length: 5\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", 400)]
    [InlineData("Transfer-Encoding : chunked\r\n", 400)]
    public async Task Body_that_could_be_read_in_two_ways_is_refused(string head, int status)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawRequest.PostAsync(proxy.Endpoint, head.Replace("LENGTH", $"{Echo.Length}", StringComparison.Ordinal), Echo), StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
        Assert.Empty(proxy.Audit.Decisions);
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=")]
    public async Task Body_in_another_encoding_is_refused(string type)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        using var content = new ByteArrayContent(type.EndsWith("16", StringComparison.Ordinal) ? Encoding.Unicode.GetBytes(Echo) : Encoding.UTF8.GetBytes(Echo));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await proxy.SendAsync(HttpMethod.Post, content);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.Empty(proxy.Server.Received);
    }

    // Chunks, their extensions and trailers are the way's; the server gets a body of one length.
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n", "Content-Type: text/plain\r\nMcp-Name: pay\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")]
    public async Task Chunks_are_judged_as_the_body_that_the_server_gets(string head, string trailers)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string answer = await RawRequest.PostAsync(proxy.Endpoint, head, $"1;x=y\r\n{{\r\n{Echo.Length - 1:x}\r\n{Echo[1..]}\r\n0\r\n{trailers}\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(["echo allowed"], proxy.Audit.Decisions);
        HeaderDictionary headers = Assert.Single(proxy.Server.Received).Headers;
        Assert.Equal((Echo, $"{Echo.Length}", "application/json", string.Empty), (proxy.Server.Bodies.Single(), headers["Content-Length"].ToString(), headers["Content-Type"].ToString(), headers["Transfer-Encoding"].ToString()));
    }

    [Fact]
    public async Task Requests_that_come_at_once_are_judged_one_by_one()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string head = $"POST {proxy.Endpoint.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\n{Json}";
        string answers = await RawRequest.SendAsync(proxy.Endpoint, $"{head}Content-Length: {Pay.Length}\r\n\r\n{Pay}{head}Content-Length: {Echo.Length}\r\nConnection: close\r\n\r\n{Echo}");
        Assert.Equal(["pay denied", "echo allowed"], proxy.Audit.Decisions);
        Assert.Equal([Echo], proxy.Server.Bodies);
        Assert.True(answers.IndexOf("\"id\":2", StringComparison.Ordinal) < answers.IndexOf("\"id\":1", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("application/json", "HTTP/1.1 100 Continue")]
    [InlineData("text/plain", "HTTP/1.1 415 Unsupported Media Type")]
    public async Task Client_that_waits_until_it_may_send_the_body_is_told(string type, string expected)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Endpoint.Host, proxy.Endpoint.Port, Token);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"POST {proxy.Endpoint.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\nExpect: 100-continue\r\nContent-Length: {Pay.Length}\r\n\r\n"), Token);
        using var answer = new StreamReader(client.GetStream());
        Assert.Equal(expected, await answer.ReadLineAsync(Token));
        if (type == "application/json")
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(Pay), Token);
            Assert.Contains("\"reason\":\"denied\"", await answer.ReadToEndAsync(Token), StringComparison.Ordinal);
        }

        Assert.Empty(proxy.Server.Received);
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0", null)]
    [InlineData("POST http://elsewhere/mcp/up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST /mcp/up HTTP/1.1\r\nHost: localhost\r\nHost: other\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("POST /mcp/up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: a\r\n b: c\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("TRACE /mcp/up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("PUT /mcp/up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 405)]
    public async Task Request_that_is_none_is_refused(string text, int? status)
    {
        // HTTP/2 needs TLS here: its clients are told in a frame of theirs.
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string answer = await RawRequest.SendAsync(proxy.Endpoint, text);
        Assert.Empty(proxy.Server.Received);
        Assert.Equal(status is { } code ? $"HTTP/1.1 {code} " : "\0\0\b\a\0", answer[..(status is null ? 5 : 13)]);
    }

    [Fact]
    public async Task Whole_address_as_the_target_is_judged_like_its_path()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string answer = await RawRequest.SendAsync(proxy.Endpoint, $"POST http://localhost{proxy.Endpoint.AbsolutePath}?x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Json}Content-Length: {Pay.Length}\r\n\r\n{Pay}");
        Assert.Contains("\"reason\":\"denied\"", answer, StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
    }

    [Fact]
    public async Task Body_of_a_request_that_has_none_stays_behind()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        foreach (string method in (string[])["GET", "DELETE"])
        {
            await RawRequest.SendAsync(proxy.Endpoint, $"{method} {proxy.Endpoint.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Json}X-HTTP-Method-Override: POST\r\nContent-Length: {Pay.Length}\r\n\r\n{Pay}");
        }

        Assert.Equal([("GET", ""), ("DELETE", "")], proxy.Server.Received.Select(static one => (one.Method, one.Body)));
    }

    // Some servers take an underscore for a hyphen.
    [Fact]
    public async Task Header_with_an_underscore_is_not_passed_on()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await RawRequest.PostAsync(proxy.Endpoint, $"Mcp_Name: pay\r\nMcp_Method: tools/list\r\nMcp_Session_Id: other\r\nMCP_Protocol_Version: 1\r\nContent_Length: 5\r\nContent-Length: {Echo.Length}\r\n", Echo);
        Assert.DoesNotContain(Assert.Single(proxy.Server.Received).Headers.Keys, static name => name.Contains('_', StringComparison.Ordinal));
        Assert.Equal(["echo allowed"], proxy.Audit.Decisions);
    }
}

using System.Net;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Passing;

/// <summary>What servers answer over HTTP: streams, sessions, and answers that are none.</summary>
public sealed class AnswerTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["secret"] }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";
    private static readonly (string, string) Session = ("Mcp-Session-Id", "session-1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_pass_as_they_come()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var seen = new TaskCompletionSource();
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, ": hello\nid: 7\nretry: 5\ndata: {\"jsonrpc\":\"2.0\",\r\ndata: \"method\":\"notifications/progress\"}\n\n");
            await seen.Task;
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true}}\n\n");
            return true;
        };
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        var first = new List<string?>();
        while (first.Count < 6)
        {
            first.Add(await reader.ReadLineAsync(Token));
        }

        Assert.Equal([": hello", "id: 7", "retry: 5", "data: {\"jsonrpc\":\"2.0\",", "data: \"method\":\"notifications/progress\"}", string.Empty], first);
        Assert.Empty(proxy.Audit.Outcomes);
        seen.SetResult();
        Assert.Contains("isError", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Answers_that_belong_to_nobody_leave_the_stream()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"wrong\":1}}\n\n");
            await UpstreamServer.WriteEventsAsync(context, "\uFEFFdata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"bom\":1}}\n\n");
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"wrong\":1}}\n\n");
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\rdata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"forged\":1}}\n\n");
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"right\":1}}\n\n");
            await UpstreamServer.WriteEventsAsync(context, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"twice\":1}}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"cut\":1}}\n");
            return true;
        };
        string events = (await proxy.SayAsync(Call)).Body;
        Assert.Equal("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"right\":1}}", events.Trim('\n'));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    [InlineData("""{"jsonrpc":"2.0","method":"ping","id":1}""")]
    [InlineData("""nothing""")]
    public async Task Answer_that_is_none_becomes_an_error(string answer)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, answer);
            return true;
        };
        JsonElement read = JsonElement.Parse((await proxy.SayAsync(Call)).Body);
        Assert.Equal((1, -32603), (read.GetProperty("id").GetInt32(), read.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Theory]
    [InlineData("""{"tools":[],"Tools":[{"name":"secret"}]}""", false)]
    [InlineData("""{"tools":[],"tools":[{"name":"secret"}]}""", true)]
    [InlineData("""{"tools":{"name":"secret"}}""", false)]
    [InlineData("""{}""", true)]
    [InlineData("""null""", false)]
    public async Task Listing_that_cannot_be_read_for_certain_becomes_an_error(string result, bool isEvent)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            string answer = $$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""";
            await (isEvent ? UpstreamServer.WriteEventsAsync(context, $"data: {answer}\n\n") : UpstreamServer.WriteAsync(context, answer));
            return true;
        };
        string body = (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")).Body;
        Assert.Contains("\"id\":1,\"error\":{\"code\":-32603", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity", "application/json", 200, ToolOutcome.Ok)] // says that there is none, as servers of the C# SDK do
    [InlineData("Identity", "text/event-stream", 200, ToolOutcome.Ok)]
    [InlineData("gzip", "application/json", 502, ToolOutcome.Error)]
    [InlineData("identity, gzip", "text/event-stream", 502, ToolOutcome.Error)]
    public async Task Answer_passes_only_as_it_is_written(string encoding, string type, int status, ToolOutcome outcome)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            const string Answer = """{"jsonrpc":"2.0","id":1,"result":{}}""";
            await (type == "application/json" ? UpstreamServer.WriteAsync(context, Answer) : UpstreamServer.WriteEventsAsync(context, $"data: {Answer}\n\n"));
            return true;
        };
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        Assert.Equal((status, status == 200), ((int)response.StatusCode, (await response.Content.ReadAsStringAsync(Token)).Contains("\"result\"", StringComparison.Ordinal)));
        Assert.Equal([outcome], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Answer_that_did_not_come_on_its_own_stream_comes_on_another()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        proxy.Server.Answer = static async (context, body) =>
        {
            await UpstreamServer.WriteEventsAsync(context, context.Request.Method == "GET"
                ? "id: 2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\nid: 3\ndata: {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"tools\":[{\"name\":\"secret\"},{\"name\":\"a\"}]}}\n\nid: 4\ndata: {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"tools\":[{\"name\":\"secret\"}]}}\n\n"
                : "id: 1\ndata: \n\n");
            return true;
        };
        Assert.Equal("id: 1\ndata: \n\n", (await proxy.SayAsync(Call, Session)).Body);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":9,"method":"tools/list"}""", Session);
        Assert.Empty(proxy.Audit.Outcomes);
        using HttpResponseMessage stream = await proxy.SendAsync(HttpMethod.Get, null, Session, ("Last-Event-ID", "1"));
        Assert.Equal(
            "id: 2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\nid: 3\ndata: {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"tools\":[{\"name\":\"a\"}]}}\n\nid: 4\n\n",
            await stream.Content.ReadAsStringAsync(Token));
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
        Assert.Equal("1", proxy.Server.Received.Last().Headers["Last-Event-ID"]);
    }

    [Fact]
    public async Task Cancelled_call_is_settled()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        proxy.Server.Answer = static async (context, body) =>
        {
            if (body.Contains("tools/call", StringComparison.Ordinal))
            {
                await UpstreamServer.WriteEventsAsync(context, "id: 1\ndata: \n\n");
                return true;
            }

            return false;
        };
        await proxy.SayAsync(Call, Session);
        Assert.Equal(202, (await proxy.SayAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""", Session)).Status);
        Assert.Equal([ToolOutcome.Cancelled], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Session_that_was_deleted_or_never_opened_is_not_found()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        Assert.Equal(404, (await proxy.SayAsync(Call, Session)).Status);
        await proxy.InitializeAsync();
        Assert.Equal(200, (await proxy.SayAsync(Call, Session)).Status);
        using (HttpResponseMessage deleted = await proxy.SendAsync(HttpMethod.Delete, null, Session))
        {
            Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        }

        Assert.Equal(404, (await proxy.SayAsync(Call, Session)).Status);
        Assert.Equal(["POST", "POST", "DELETE"], proxy.Server.Received.Select(static one => one.Method));
    }

    [Theory]
    [InlineData(401, 502)]
    [InlineData(302, 502)]
    [InlineData(500, 500)]
    [InlineData(400, 400)]
    public async Task Failure_of_the_server_is_an_error(int status, int seen)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            await UpstreamServer.WriteAsync(context, status == 400 ? """{"jsonrpc":"2.0","id":1,"error":{"code":-32004,"message":"mine"}}""" : "secret of the server", status);
            return true;
        };
        (int code, string body) = await proxy.SayAsync(Call);
        Assert.Equal(seen, code);
        Assert.Equal(status == 400, body.Contains("mine", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    // So answers a server that does not like a header, or does not know the session.
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such session"},"id":null}""", true)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such session"}}""", true)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such session"},"id":2}""", false)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such session"},"id":null,"id":1}""", false)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such session"},"result":{},"id":null}""", false)]
    [InlineData("""{"jsonrpc":"2.0","error":"no such session","id":null}""", false)]
    public async Task Error_that_names_no_request_keeps_its_message(string error, bool passes)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteAsync(context, error, 406);
            return true;
        };
        (int status, string body) = await proxy.SayAsync(Call);
        Assert.Equal(406, status);
        Assert.Equal(passes ? error : """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"the server answered with the status 406"}}""" + "\n", body);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_never_reached_a_server_has_not_run()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options => options.Upstreams["up"] = new ToolPolicyUpstream(new Uri("http://127.0.0.1:1/mcp")));
        (int status, string body) = await proxy.SayAsync(Call);
        Assert.Equal((502, 1), (status, JsonElement.Parse(body).GetProperty("id").GetInt32()));
        Assert.Equal([ToolOutcome.NotRun], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Server_that_does_not_answer_in_time_is_an_error()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options => options.UpstreamTimeout = TimeSpan.FromMilliseconds(50));
        proxy.Server.Answer = static async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        Assert.Equal(504, (await proxy.SayAsync(Call)).Status);
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Theory(Timeout = 20_000)]
    [InlineData(null)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true}}}""")]
    public async Task End_of_the_proxy_does_not_wait_for_streams_that_only_listen(string? subscription)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, ": open\n\n");
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        using HttpResponseMessage stream = subscription is null ? await proxy.SendAsync(HttpMethod.Get, null, Session) : await proxy.PostAsync(subscription);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        Assert.Equal(": open", await reader.ReadLineAsync(Token));
        await proxy.StopAsync();
        Assert.Empty((await reader.ReadToEndAsync(Token)).Trim('\n'));
    }
}

using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Events;

/// <summary>Servers that say why they refuse as an event, with a status that is no success.</summary>
public sealed class FailureEventTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["secret"] }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"NAME"}}""";
    private const string Error = """{"error":{"code":-32601,"message":"no NAME"},"id":1,"jsonrpc":"2.0"}""";

    [Theory]
    [InlineData("event: message\ndata: ERROR\n\n")]
    [InlineData("data: ERROR\n\n")]
    [InlineData(": hello\n\nid: 1\nretry: 5\ndata:\n\nevent: message\nid: 2\ndata: ERROR\n\n")]
    [InlineData("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\ndata: ERROR\n\n")]
    public async Task Error_in_an_event_keeps_its_message(string events)
    {
        await using HttpProxyUnderTest proxy = await StartAsync(404, events);
        Assert.Equal((404, Error.Replace("NAME", "echo", StringComparison.Ordinal)), await SayAsync(proxy, "echo"));
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Theory]
    [InlineData("data: {\"error\":{\"code\":-32601,\"message\":\"mine\"},\"id\":2,\"jsonrpc\":\"2.0\"}\n\n")]
    [InlineData("data: {\"result\":{},\"id\":1,\"jsonrpc\":\"2.0\"}\n\n")]
    [InlineData("data: {\"error\":{\"code\":-32601,\"message\":\"mine\"},\"id\":1,\"id\":1,\"jsonrpc\":\"2.0\"}\n\n")]
    [InlineData("data: ERROR\n")]
    [InlineData("data: ERROR\rdata: ERROR\n\n")]
    [InlineData("")]
    public async Task Event_that_is_no_error_for_the_request_is_told_as_its_status(string events)
    {
        await using HttpProxyUnderTest proxy = await StartAsync(404, events);
        (int status, string body) = await SayAsync(proxy, "echo");
        Assert.Equal((404, "the server answered with the status 404"), (status, JsonElement.Parse(body).GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Hidden_tool_answers_as_one_that_the_server_does_not_have()
    {
        await using HttpProxyUnderTest proxy = await StartAsync(400, "data: ERROR\n\n");
        Assert.Equal((400, Error.Replace("NAME", "secret", StringComparison.Ordinal)), await SayAsync(proxy, "secret"));
        Assert.DoesNotContain("secret", Assert.Single(proxy.Server.Bodies), StringComparison.Ordinal);
    }

    private static Task<(int Status, string Body)> SayAsync(HttpProxyUnderTest proxy, string tool) => proxy.SayAsync(Call.Replace("NAME", tool, StringComparison.Ordinal));

    private static async Task<HttpProxyUnderTest> StartAsync(int status, string events)
    {
        HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, body) =>
        {
            string tool = JsonElement.Parse(body).GetProperty("params").GetProperty("name").GetString()!;
            context.Response.StatusCode = status;
            await UpstreamServer.WriteEventsAsync(context, events.Replace("ERROR", Error.Replace("NAME", tool, StringComparison.Ordinal), StringComparison.Ordinal));
            return true;
        };
        return proxy;
    }
}

using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>What does not pass comes with a reason, from which somebody finds out what to change.</summary>
public sealed class ToldWhyTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
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

    private static async Task<(int Status, string Body)> SendAsync(HttpProxyUnderTest proxy, string method, string? body, string type, params (string Name, string Value)[] headers)
    {
        HttpContent? content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content?.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpResponseMessage response = await proxy.SendAsync(new HttpMethod(method), content, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>Clients show the body of a refusal in their logs: it says what is wrong, and holds nothing of what was sent.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("refusals-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string> Refusals => new()
    {
        { "Origin: http://secret.example", 403, "the origin is none that the proxy takes" },
        { "Host: secret.example", 403, "the host that the request names is none that the proxy is known by" },
        { "Mcp-Session-Id: secret", 404, "there is no such session, or it has ended; begin a new one" },
        { "Content-Type: text/secret", 415, "a message is application/json in UTF-8" },
        { "X-Long: secret", 413, "the message is longer than 100 bytes" },
        { "X-No-Grant: secret", 403, "the caller has no grant here" },
        { "X-Grants: secret", 401, "a caller shows a token that this proxy knows" },
        { "X-No-Grants: secret", 503, "the proxy cannot read who may call" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_says_why(string header, int status, string why)
    {
        string name = header[..header.IndexOf(':', StringComparison.Ordinal)];
        string value = header[(name.Length + 2)..];
        string grants = Path.Combine(_folder, "grants.json");
        if (name == "X-Grants")
        {
            await File.WriteAllTextAsync(grants, """{ "grants": [] }""", Token);
        }

        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options =>
        {
            options.MaxClientMessageBytes = 100;
            options.GrantsFile = name is "X-Grants" or "X-No-Grants" ? grants : null;
            options.GrantResolver = name == "X-No-Grant" ? GrantResolvers.FromClaim("sub") : null;
        });
        var body = new StringContent(name == "X-Long" ? Ping.PadRight(101) : Ping, Encoding.UTF8, "application/json");
        if (name == "Content-Type")
        {
            body.Headers.ContentType = new MediaTypeHeaderValue(value);
        }

        using HttpResponseMessage response = await proxy.SendAsync(HttpMethod.Post, body, (name, value));
        string text = await response.Content.ReadAsStringAsync(Token);
        using JsonDocument error = JsonDocument.Parse(text);
        Assert.Equal((status, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(JsonValueKind.Null, error.RootElement.GetProperty("id").ValueKind);
        Assert.StartsWith(why, error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", text, StringComparison.Ordinal);
        Assert.Empty(proxy.Server.Received);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_said_so()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string answer = await RawRequest.SendAsync(proxy.Endpoint, $"POST /mcp/other HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Ping.Length}\r\n\r\n{Ping}");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.Contains("the proxy has no server of this name", answer, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

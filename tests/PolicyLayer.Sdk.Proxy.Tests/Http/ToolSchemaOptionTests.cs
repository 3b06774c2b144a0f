using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>How far <c>policylayer proxy --tool-schemas</c> holds calls to what the server lists.</summary>
public sealed class ToolSchemaOptionTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Listing = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, """{"other":1}""", false)]
    [InlineData("strict", """{"other":1}""", false)]
    [InlineData("declared", """{"other":1}""", true)]
    [InlineData("declared", """{"text":7}""", false)]
    [InlineData("off", """{"text":7}""", true)]
    public async Task Word_says_what_reaches_the_server(string? word, string arguments, bool passes)
    {
        string[] option = word is null ? [] : ["--tool-schemas", word];
        await using var stdio = new ProxyProcess(Policy, [.. option, "--", "python3", Programs.Peer, "plain"]);
        await stdio.SayAsync(Listing);
        await stdio.ReadAsync();
        await stdio.SayAsync(Call(arguments));
        Assert.Equal(passes, !(await stdio.ReadAsync())!.Contains("invalid_arguments", StringComparison.Ordinal));

        await using UpstreamServer server = await UpstreamServer.StartAsync();
        await using var http = new ProxyProcess(Policy, [.. option, "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/"]);
        string address = await http.ErrorAsync("policylayer: listening on ");
        using var client = new HttpClient();
        await PostAsync(Listing);
        Assert.Equal(passes, !(await PostAsync(Call(arguments))).Contains("invalid_arguments", StringComparison.Ordinal));
        Assert.Equal(passes ? 2 : 1, server.Received.Count);

        async Task<string> PostAsync(string message)
        {
            using var content = new StringContent(message, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(address, content, Token);
            return await response.Content.ReadAsStringAsync(Token);
        }
    }

    private static string Call(string arguments) => $$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{{arguments}} } }""";
}

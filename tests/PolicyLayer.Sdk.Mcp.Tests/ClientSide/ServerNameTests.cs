using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

/// <summary>What decisions call the server of a guarded client.</summary>
public sealed class ServerNameTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("files", null, "^files$")]
    [InlineData("files", "other", "^other$")]
    [InlineData("https://user:hunter2@mcp.example.com:8443/s/hunter2?key=hunter2", null, "^mcp[.]example[.]com:8443#[0-9a-f]{8}$")]
    [InlineData("c:files", null, "^c:files$")]
    public async Task Server_goes_by_the_name_of_its_transport_and_no_address_is_told(string transport, string? name, string expected)
    {
        var audit = new RecordingSink();
        await using ITransport connection = await new FakeServer { Name = transport }
            .WithToolPolicies(GuardedClient.GuardOf("""{ "version": "1", "default": "allow" }""", audit), resolver: null, options => options.ServerName = name).ConnectAsync(Token);
        await connection.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(1), Method = RequestMethods.ToolsCall, Params = JsonNode.Parse("""{ "name": "t" }""") }, Token);
        Assert.Matches(expected, Assert.Single(audit.Entries).Server);
    }

    [Fact]
    public void Servers_that_differ_in_anything_have_different_names()
    {
        string[] names =
        [
            ServerNames.Of(new Uri("https://mcp.example.com/a")),
            ServerNames.Of(new Uri("https://mcp.example.com/b")),
            ServerNames.Of(new Uri("https://mcp.example.com/a?k=1")),
            ServerNames.Of("/usr/bin/npx", ["server", "/data"]),
            ServerNames.Of("/usr/bin/npx", ["server /data"]),
            ServerNames.Of("/opt/npx", ["server", "/data"]),
        ];
        Assert.Distinct(names);
        Assert.StartsWith("npx#", names[3], StringComparison.Ordinal);
        Assert.Equal(names[3], ServerNames.Of("/usr/bin/npx", ["server", "/data"]));
    }
}

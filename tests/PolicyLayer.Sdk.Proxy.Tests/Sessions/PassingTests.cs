using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Sessions;

/// <summary>What passes, what does not, and who is told.</summary>
public sealed class PassingTests
{
    private const string AllowAll = """{ "version": "1", "default": "allow" }""";

    [Fact]
    public async Task What_is_not_judged_passes_byte_by_byte()
    {
        var session = new SessionUnderTest(AllowAll);
        string[] client =
        [
            """{ "jsonrpc" : "2.0","id":0 , "method":"initialize","params":{"x":1.50e1,"y":"\u00e9\/é"} }""" + "\r",
            """{"method":"notifications/initialized","jsonrpc":"2.0"}""",
            """{"jsonrpc":"2.0","id":"s-1","result":{"role":"assistant"}}""",
            """  {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a", "arguments":{ "n":1.0 }}} """,
        ];
        string[] server =
        [
            """{"result":{ "b":2,"a":1.0 } ,"id":0,"jsonrpc":"2.0"}""",
            """{"jsonrpc":"2.0","id":"s-1","method":"sampling/createMessage","params":{"z":[]}}""",
            """{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"k":1,"k":2}}}""",
        ];
        await session.ClientSaysAsync(client);
        await session.ServerSaysAsync(server);
        Assert.Equal(client.Select(static line => line + "\n"), session.ToServer);
        Assert.Equal(server.Select(static line => line + "\n"), session.ToClient);
        Assert.Equal([ToolOutcome.Ok], session.Audit.Outcomes);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","Method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"TOOLS/CALL","params":{"name":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":1,"a":2}}""")]
    public async Task What_could_be_read_otherwise_is_answered_with_an_error(string line)
    {
        var session = new SessionUnderTest(AllowAll);
        await session.ClientSaysAsync(line);
        JsonElement answer = JsonElement.Parse(Assert.Single(session.ToClient));
        Assert.Equal((7, -32600), (answer.GetProperty("id").GetInt32(), answer.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Empty(session.ToServer);
    }

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a"}}]""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"a"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"id":8,"method":"tools/call","params":{"name":"a"}}""")]
    public async Task What_nobody_can_be_told_of_is_dropped_and_logged(string line)
    {
        var session = new SessionUnderTest(AllowAll);
        await session.ClientSaysAsync(line);
        Assert.Empty(session.ToClient);
        Assert.Empty(session.ToServer);
        Assert.Equal([201], session.Logged);
    }

    [Fact]
    public async Task Message_that_is_too_long_is_answered_where_its_head_has_an_id()
    {
        var session = new SessionUnderTest(AllowAll);
        await session.ClientSaysTooMuchAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"a","arguments":{"x":"aaaa""");
        Assert.Contains("\"id\":7,\"error\"", Assert.Single(session.ToClient), StringComparison.Ordinal);
        Assert.Empty(session.ToServer);
    }

    [Fact]
    public async Task Id_that_waits_already_is_refused_in_either_type()
    {
        var session = new SessionUnderTest(AllowAll);
        await session.ClientSaysAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b"}}""",
            """{"jsonrpc":"2.0","id":"1","method":"tools/list"}""");
        Assert.Single(session.ToServer);
        Assert.Equal(2, session.ToClient.Count);
        Assert.Equal(["a allowed"], session.Audit.Decisions);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b"}}""");
        Assert.Equal(2, session.ToServer.Count);
    }
}

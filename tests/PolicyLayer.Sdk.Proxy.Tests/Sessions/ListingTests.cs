using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Sessions;

/// <summary>Listings: hidden tools leave them, and what they say of the others is enforced.</summary>
public sealed class ListingTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["secret*"] }""";
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}""";
    private const string Tools = """{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"secret_a"},{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}},"x-more":1.0}],"nextCursor":"y","x":{}}}""";

    [Fact]
    public async Task Hidden_tools_leave_and_everything_else_stays()
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(List);
        await session.ServerSaysAsync(Tools);
        Assert.Equal([List + "\n"], session.ToServer);
        Assert.Equal([Tools.Replace("""{"name":"secret_a"},""", string.Empty, StringComparison.Ordinal) + "\n"], session.ToClient);
    }

    [Theory]
    [InlineData("""{"text":"a"}""", true)]
    [InlineData("""{"text":1}""", false)]
    [InlineData("""{"other":1}""", false)]
    [InlineData("""{"TEXT":"a"}""", false)]
    public async Task Schema_is_enforced_once_the_tool_was_listed(string arguments, bool passes)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(List);
        await session.ServerSaysAsync(Tools);
        await session.ClientSaysAsync($$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{{{arguments}}}}}""");
        Assert.Equal(passes ? 2 : 1, session.ToServer.Count);
        Assert.Equal([passes ? "echo allowed" : "echo invalid_arguments"], session.Audit.Decisions);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[],"Tools":[{"name":"secret"}]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[],"tools":[{"name":"secret"}]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":{"name":"secret"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"\ud800"}]}}""")]
    public async Task Listing_that_cannot_be_read_for_certain_becomes_an_error(string answer)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(List);
        await session.ServerSaysAsync(answer);
        Assert.Contains("\"error\":{\"code\":-32603", Assert.Single(session.ToClient), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"echo","Name":"secret"}""")]
    [InlineData("""{"title":"no name"}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""7""")]
    public async Task Tool_that_has_no_name_for_certain_is_not_listed(string tool)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(List);
        await session.ServerSaysAsync($$$"""{"jsonrpc":"2.0","id":1,"result":{"tools":[{{{tool}}}]}}""");
        Assert.Equal(["""{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}""" + "\n"], session.ToClient);
    }

    [Fact]
    public async Task Listing_that_nobody_asked_for_does_not_pass_and_an_error_does()
    {
        var session = new SessionUnderTest(Policy);
        await session.ServerSaysAsync(Tools);
        Assert.Empty(session.ToClient);
        await session.ClientSaysAsync(List);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no tools"}}""", Tools);
        Assert.Equal(["""{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no tools"}}""" + "\n"], session.ToClient);
    }
}

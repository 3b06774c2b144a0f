using PolicyLayer.Sdk.Mcp.Tests.Http;

namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>Odd bytes run nothing, and the server is still there for the next message.</summary>
public sealed class OddByteTests
{
    private const string Good = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}}}""";

    private readonly SaidTexts _said = new();

    public static TheoryData<string> Names => [.. OddBytes.All.Keys];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_bytes_in_a_line_run_nothing(string name)
    {
        (byte[] bytes, string answer, _) = OddBytes.All[name];
        await using RawConnection server = await RawConnection.OpenAsync(OddMessages.Policy, _said.Tools);
        await server.WriteAsync(bytes);
        if (answer != OddMessages.Unreadable)
        {
            Assert.Equal(answer, await server.ReadAnswerAsync());
        }

        Assert.Equal("good", await server.CallAsync("echo", "good"));
        Assert.All(server.Stray, stray => Assert.Equal((OddMessages.Unreadable, OddMessages.Unreadable), (answer, stray)));
        await server.EndAsync();
        Assert.Equal(["good"], _said.All);
        Assert.Equal([ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_bytes_in_a_body_run_nothing(string name)
    {
        (byte[] bytes, _, string answer) = OddBytes.All[name];
        await using HttpServer server = await HttpServer.StartAsync(OddMessages.Policy, _said.Tools, sessions: false);
        Assert.Equal(answer, await RawHttp.SayAsync(server.Endpoint, bytes));
        Assert.Equal("good", await RawHttp.SayAsync(server.Endpoint, Good));
        Assert.Equal(["good"], _said.All);
        Assert.Equal([ToolOutcome.Ok], server.Audit.Outcomes);
    }
}

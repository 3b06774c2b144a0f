using PolicyLayer.Sdk.Mcp.Tests.Messages;

namespace PolicyLayer.Sdk.Mcp.Tests.Http;

/// <summary>The same odd messages over HTTP: what runs was judged, and counts once.</summary>
public sealed class OddHttpMessageTests
{
    private const string Good = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}}}""";

    /// <summary>What the SDK refuses over HTTP, and elsewhere reads by the one spelling that it knows.</summary>
    private static readonly string[] RefusedHere = ["arguments and Arguments", "name and Name"];

    public static TheoryData<string> Names => [.. OddMessages.All.Keys];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_message_runs_nothing_that_was_not_judged(string name)
    {
        (string message, string answer) = OddMessages.All[name];
        var said = new SaidTexts();
        await using HttpServer server = await HttpServer.StartAsync(OddMessages.Policy, said.Tools, sessions: false);

        string came = await RawHttp.SayAsync(server.Endpoint, message);
        Assert.Equal(answer switch { OddMessages.Unreadable => "status 400", OddMessages.Nothing => "status 202", _ when RefusedHere.Contains(name) => "error -32603", _ => answer }, came);
        int left = 2 - said.All.Count;
        for (int call = 0; call < left; call++)
        {
            Assert.Equal("good", await RawHttp.SayAsync(server.Endpoint, Good));
        }

        Assert.Equal("limit_exceeded", await RawHttp.SayAsync(server.Endpoint, Good));
        Assert.Equal(["good", "good"], said.All);
        Assert.Equal(2, server.Audit.Decisions.Count(static decision => decision == "echo allowed"));
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }
}

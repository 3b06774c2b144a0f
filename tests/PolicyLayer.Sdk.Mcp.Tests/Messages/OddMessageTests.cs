namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>Whoever speaks the protocol oddly gets an error or a denial; what runs was judged, and counts once.</summary>
public sealed class OddMessageTests
{
    public static TheoryData<string> Names => [.. OddMessages.All.Keys];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_message_runs_nothing_that_was_not_judged(string name)
    {
        (string message, string answer) = OddMessages.All[name];
        var said = new SaidTexts();
        await using RawConnection server = await RawConnection.OpenAsync(OddMessages.Policy, said.Tools);

        await server.WriteAsync(message);
        if (answer is not (OddMessages.Nothing or OddMessages.Unreadable))
        {
            Assert.Equal(answer, await server.ReadAnswerAsync());
        }

        // The server is still there, and has counted what ran and nothing else.
        int left = 2 - said.All.Count;
        for (int call = 0; call < left; call++)
        {
            Assert.Equal("good", await server.CallAsync("echo", "good"));
        }

        Assert.Equal("limit_exceeded", await server.CallAsync("echo", "good"));
        await server.EndAsync();
        Assert.All(server.Stray, stray => Assert.Equal((OddMessages.Unreadable, OddMessages.Unreadable), (answer, stray)));
        Assert.Equal(["good", "good"], said.All);
        Assert.Equal(2, server.Audit.Decisions.Count(static decision => decision == "echo allowed"));
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }
}

using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

public sealed class ClientRequestTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "concurrent": 1 }] } } }""";

    // A server may answer, and a connection end, at any moment: also at the very one at which a call has been decided.
    [Fact]
    public async Task Answer_at_the_moment_of_the_decision_finds_all_of_it_or_nothing()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Policy));
        var open = new ClientRequests(guard);
        var id = new RequestId(1);
        using var stop = new CancellationTokenSource();
        Task server = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await open.SettleAsync(id, ToolOutcome.Ok);
                }
            },
            TestContext.Current.CancellationToken);
        int settled = 0;
        for (; settled < 20_000 && !server.IsCompleted; settled++)
        {
            ToolDecision decision;
            int tries = 0;
            do
            {
                decision = await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken);
            }
            while (!decision.IsAllowed && !server.IsCompleted && tries++ < 10_000_000);
            Assert.True(decision.IsAllowed || server.IsCompleted, "the call before was never settled");
            using ClientRequests.Place place = open.Reserve(id);
            place.Keep(decision);
        }

        await stop.CancelAsync();
        await server;
        Assert.Equal(20_000, settled);
    }
}

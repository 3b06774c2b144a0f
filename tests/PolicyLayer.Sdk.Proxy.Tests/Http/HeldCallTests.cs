using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>A call that waits for a person while the proxy ends.</summary>
public sealed class HeldCallTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Proxy_that_stops_refuses_it_at_once_and_leaves_it_to_be_approved()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddToolPolicies(static options =>
            {
                options.AddPolicy(ToolPolicy.Parse(Policy));
                options.ApprovalWait = TimeSpan.FromHours(1);
            })
            .UseApprovalsInMemory().Services.BuildServiceProvider();
        IApprovalStore store = services.GetRequiredService<IApprovalStore>();
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Guard = services.GetRequiredService<ToolGuard>());
        Task<(int Status, string Body)> answer = proxy.SayAsync(Call);
        IReadOnlyList<StoredApproval> waiting;
        do
        {
            waiting = await store.ListAsync(Token);
            await Task.Yield();
        }
        while (waiting.Count == 0);

        await proxy.StopAsync();
        (int status, string body) = await answer;
        JsonElement decision = JsonElement.Parse(body).GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision");
        Assert.Equal((200, "approval_required", waiting[0].Id), (status, decision.GetProperty("reason").GetString(), decision.GetProperty("approval_id").GetString()));
        Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(waiting[0].Id, isApproved: true, by: null, Token))?.Status);
        Assert.Empty(proxy.Server.Received);
    }
}

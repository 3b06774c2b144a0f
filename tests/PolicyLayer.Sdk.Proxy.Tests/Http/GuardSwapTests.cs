using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>A host that puts another guard in the place of the last one while calls are under way; both count in one store.</summary>
public sealed class GuardSwapTests : IDisposable
{
    private const string Limits = """ "limits": [{ "counter": "runs", "window": "hour", "max": 2, "scope": "grant", "refund": "on_error" }] """;
    private const string Old = $$$"""{ "version": "1", "default": "allow", "tools": { "echo": { {{{Limits}}} } } }""";
    private const string New = $$$"""{ "version": "1", "default": "allow", "hide": ["secret"], "tools": { "echo": { "deny_if": [{ "name": "evil", "conditions": [{ "path": "args.text", "op": "eq", "value": "evil" }] }], {{{Limits}}} } } }""";
    private const string List = """{"jsonrpc":"2.0","id":"list","method":"tools/list"}""";

    private static readonly (string, string) Token = ("Authorization", "Bearer token");

    private readonly string _file = Path.GetTempFileName();
    private readonly RecordingSink _audit = new();

    public void Dispose() => File.Delete(_file);

    [Fact(Timeout = 60_000)]
    public async Task Call_under_way_ends_under_the_old_guard_and_the_next_is_judged_by_the_new()
    {
        using ServiceProvider before = Services(Old);
        using ServiceProvider after = Services(New, before.GetRequiredService<ICounterStore>());
        ToolGuard? current = before.GetRequiredService<ToolGuard>();
        await File.WriteAllTextAsync(_file, $$"""{ "grants": [{ "id": "one", "policies": ["any"], "token_sha256": "{{Convert.ToHexStringLower(SHA256.HashData("token"u8))}}" }] }""", TestContext.Current.CancellationToken);
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Old, options =>
        {
            options.GrantsFile = _file;
            options.FindGuard = _ => current;
        });
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Server.Answer = async (context, body) =>
        {
            if (!body.Contains("evil", StringComparison.Ordinal))
            {
                return false;
            }

            arrived.SetResult();
            await end.Task;
            await UpstreamServer.WriteAsync(context, """{"jsonrpc":"2.0","id":"evil","result":{"isError":true,"content":[]}}""");
            return true;
        };

        Assert.Contains("secret", (await proxy.SayAsync(List, Token)).Body, StringComparison.Ordinal);
        Task<(int Status, string Body)> underWay = proxy.SayAsync(Call("evil"), Token);
        await arrived.Task;
        current = after.GetRequiredService<ToolGuard>();
        Assert.Contains("deny_if", (await proxy.SayAsync(Call("evil"), Token)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await proxy.SayAsync(List, Token)).Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"first\"", (await proxy.SayAsync(Call("first"), Token)).Body, StringComparison.Ordinal);
        Assert.Contains("limit_exceeded", (await proxy.SayAsync(Call("second"), Token)).Body, StringComparison.Ordinal);

        // Its error gives back what it was charged, and the new guard finds that.
        end.SetResult();
        Assert.Contains("isError", (await underWay).Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"second\"", (await proxy.SayAsync(Call("second"), Token)).Body, StringComparison.Ordinal);
        Assert.Contains("limit_exceeded", (await proxy.SayAsync(Call("third"), Token)).Body, StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Error, ToolOutcome.Ok], _audit.Outcomes);

        // Without a guard nobody is let in.
        current = null;
        Assert.Equal(401, (await proxy.SayAsync(List, Token)).Status);
    }

    private static string Call(string text) => $$$$"""{"jsonrpc":"2.0","id":"{{{{text}}}}","method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{{text}}}}"}}}""";

    private ServiceProvider Services(string policy, ICounterStore? counters = null)
    {
        var services = new ServiceCollection();
        ToolPolicyBuilder builder = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(_audit);
        if (counters is not null)
        {
            builder.UseCounterStore(counters);
        }

        return services.BuildServiceProvider();
    }
}

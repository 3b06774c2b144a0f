using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>Hosts that count in one place, however each of them says where.</summary>
internal static class SharedHosts
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 3 }] } } }""";

    /// <summary>Two hosts at once and one after them admit together what one limit admits.</summary>
    public static async Task AssertShareAsync(Func<ToolPolicyBuilder, ToolPolicyBuilder> use, Func<ToolPolicyBuilder, ToolPolicyBuilder> otherUse)
    {
        await using (ServiceProvider one = Host(use))
        await using (ServiceProvider other = Host(otherUse))
        {
            Assert.Equal((true, true), (await DecideAsync(one), await DecideAsync(other)));
        }

        await using ServiceProvider again = Host(use);
        Assert.Equal((true, false), (await DecideAsync(again), await DecideAsync(again)));
    }

    private static ServiceProvider Host(Func<ToolPolicyBuilder, ToolPolicyBuilder> use) => use(new ServiceCollection().AddToolPolicies(static o =>
    {
        // A machine that others keep busy may take its time.
        o.StoreTimeout = TimeSpan.FromMinutes(1);
        o.AddPolicy(ToolPolicy.Parse(Policy));
    })).Services.BuildServiceProvider(validateScopes: true);

    private static async Task<bool> DecideAsync(ServiceProvider host) =>
        (await host.GetRequiredService<ToolGuard>().AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken)).IsAllowed;
}

using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>What happens to hosts and servers, and what must hold for all that, whichever the store.</summary>
internal static class HostFaults
{
    /// <summary>Two processes reserve until nothing is left: together exactly the maximum.</summary>
    public static async Task TwoHostsAdmitTheMaximumAsync(string target, ICounterStore mine)
    {
        const int Max = 300;
        using var one = new HostProcess(target, "flood", Max);
        using var other = new HostProcess(target, "flood", Max);
        await one.UntilAsync(static host => host.Refused > 5);
        await other.UntilAsync(static host => host.Refused > 5);
        await one.KillAsync();
        await other.KillAsync();
        Assert.Equal((Max, 0), (one.Admitted + other.Admitted, one.Unanswered + other.Unanswered));
        Assert.Equal(0, await mine.DrainAsync(Ask.Demand(Ask.Limit(Max))));
    }

    /// <summary>A host that is killed while its call runs: what it has charged stays charged, its place comes back when its lease has lapsed and not before.</summary>
    public static async Task KilledHostAsync(string target, ICounterStore now, ICounterStore later)
    {
        using var flood = new HostProcess(target, "flood", 3, "window");
        using var hold = new HostProcess(target, "hold", 1, "place");
        await flood.UntilAsync(static host => host.Refused > 0);
        await hold.UntilAsync(static host => host.Admitted == 1);
        await flood.KillAsync();
        await hold.KillAsync();
        CounterDemand place = Ask.Demand(Ask.Limit(1, LimitAlgorithm.Concurrent), "place");
        Assert.Equal(0, await now.DrainAsync(Ask.Demand(Ask.Limit(3), "window")));
        Assert.False(await now.AdmitsAsync(place), "the host may still live");
        Assert.True(await later.AdmitsAsync(place), "the host's lease has lapsed");
        Assert.False(await later.AdmitsAsync(place));
    }

    /// <summary>A server that is killed under load from two hosts and comes back: nothing is admitted while it is out, and what is left says that no admission was lost: an answer that nobody knows, and the call that a host was at when it was killed, is all that may be spent beside.</summary>
    public static async Task KilledServerAsync(ServerProcess server, string target, ICounterStore mine)
    {
        // Nobody comes to the end of so many, however long one host starts before the other.
        const int Max = 1_000_000;
        using var one = new HostProcess(target, "flood", Max, patience: 1);
        using var other = new HostProcess(target, "flood", Max, patience: 1);
        await one.UntilAsync(static host => host.Admitted > 50);
        await other.UntilAsync(static host => host.Admitted > 50);
        await server.KillAsync();
        await NextAsync(one, static host => host.Unanswered);
        await NextAsync(other, static host => host.Unanswered);
        int before = one.Admitted + other.Admitted;
        await NextAsync(one, static host => host.Unanswered);
        await NextAsync(other, static host => host.Unanswered);
        Assert.Equal(before, one.Admitted + other.Admitted);

        await server.StartAsync();
        await NextAsync(one, static host => host.Admitted);
        await NextAsync(other, static host => host.Admitted);
        await one.KillAsync();
        await other.KillAsync();
        int admitted = one.Admitted + other.Admitted;
        int unknown = one.Unanswered + other.Unanswered + 2;
        Assert.InRange(await LeftAsync(mine, Ask.Limit(Max)), Max - admitted - unknown, Max - admitted);
    }

    /// <summary>A server that is killed and comes back: nobody is admitted before, and whoever asks first is answered, however busy the machine of the test.</summary>
    public static async Task ReturnedServerAsync(ServerProcess server, ICounterStore store)
    {
        const string Policy = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 1000 }] } } }""";
        await using ServiceProvider host = new ServiceCollection().AddToolPolicies(o =>
        {
            o.StoreTimeout = TimeSpan.FromMinutes(1);
            o.AddPolicy(ToolPolicy.Parse(Policy));
        }).UseCounterStore(store).Services.BuildServiceProvider();
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        Assert.Null(await ReasonAsync(guard));
        for (int kill = 0; kill < 3; kill++)
        {
            await server.KillAsync();
            for (int call = 0; call < 20; call++)
            {
                Assert.Equal(DecisionReason.StoreUnavailable, await ReasonAsync(guard));
            }

            await server.StartAsync();
            Assert.Null(await ReasonAsync(guard));
        }
    }

    /// <summary>A connection that is cut between the server's answer and its host: the call does not run, what it has charged stays charged, and nobody asks a second time.</summary>
    public static async Task LostAnswerAsync(Relay relay, ICounterStore store)
    {
        CounterDemand[] demands = [Ask.Demand(Ask.Limit(5), "lost one"), Ask.Demand(Ask.Limit(5), "lost other")];
        Assert.True(await store.AdmitsAsync(demands));
        relay.KeepNextAnswer();
        await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(demands));
        await AnswersAsync(store, demands);
        Assert.Equal(3, await store.DrainAsync(demands[0]));
        Assert.Equal(3, await store.DrainAsync(demands[1]));
    }

    /// <summary>Asks until the connection that was cut is made again by one of the first who ask.</summary>
    private static async Task AnswersAsync(ICounterStore store, CounterDemand[] demands)
    {
        while (true)
        {
            try
            {
                await store.PeekAsync(demands, TestContext.Current.CancellationToken);
                return;
            }
            catch (CounterStoreException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<DecisionReason?> ReasonAsync(ToolGuard guard)
    {
        ToolDecision decision = await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken);
        return decision.IsAllowed ? null : decision.Reason;
    }

    /// <summary>What a limit has left, as it says to one that asks for more than it ever admits.</summary>
    private static async Task<decimal> LeftAsync(ICounterStore store, CounterLimit limit) =>
        (await store.ReserveAsync(new[] { Ask.Demand(limit, amount: limit.Max + 1) }, TestContext.Current.CancellationToken)).Remaining;

    private static Task NextAsync(HostProcess host, Func<HostProcess, int> count)
    {
        int before = count(host);
        return host.UntilAsync(now => count(now) > before + 1);
    }
}

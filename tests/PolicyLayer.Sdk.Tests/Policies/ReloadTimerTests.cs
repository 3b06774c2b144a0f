using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Policies;

public sealed class ReloadTimerTests
{
    // The guard may be made within the first request; what belongs to that must not live as long as the host.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Looks_do_not_run_in_the_request_that_made_the_guard(bool isSuppressed)
    {
        using var file = new TemporaryFile("""{ "version": "1", "default": "allow" }"""u8.ToArray());
        var clock = new WatchedClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddToolPolicies(o => o.AddPolicyFile(file.Path, reloadOnChange: true));
        using ServiceProvider host = services.BuildServiceProvider();
        AsyncFlowControl? flow = isSuppressed ? ExecutionContext.SuppressFlow() : null;
        host.GetRequiredService<ToolGuard>();
        Assert.Equal([true], clock.Suppressed);
        Assert.Equal(isSuppressed, ExecutionContext.IsFlowSuppressed());
        flow?.Undo();
    }

    /// <summary>Knows of each timer whether it was made apart from the context of its maker.</summary>
    private sealed class WatchedClock : TimeProvider
    {
        public List<bool> Suppressed { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Suppressed.Add(ExecutionContext.IsFlowSuppressed());
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}

namespace PolicyLayer.Sdk.Tests.DependencyInjection;

public sealed class ToolPolicyOptionsTests
{
    [Fact]
    public void Bound_of_counters_is_at_least_one_and_at_first_a_million()
    {
        var options = new ToolPolicyOptions();
        Assert.Equal(1_000_000, options.MaxCounters);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxCounters = 0);
    }

    [Fact]
    public void Answer_of_a_store_may_take_up_to_a_minute_and_at_first_a_second()
    {
        var options = new ToolPolicyOptions();
        Assert.Equal(TimeSpan.FromSeconds(1), options.StoreTimeout);
        Assert.False(options.AllowWhenStoreUnavailable);
        options.StoreTimeout = TimeSpan.FromMinutes(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StoreTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StoreTimeout = TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));
    }

    /// <summary>The binder of a configuration says no more of it than the exception does.</summary>
    [Fact]
    public void Option_that_is_out_of_range_is_named()
    {
        var options = new ToolPolicyOptions();
        AssertNamed(nameof(options.MaxCounters), () => options.MaxCounters = 0);
        AssertNamed(nameof(options.StoreTimeout), () => options.StoreTimeout = TimeSpan.Zero);
        AssertNamed(nameof(options.StoreTimeout), () => options.StoreTimeout = TimeSpan.FromHours(1));
        AssertNamed(nameof(options.ApprovalWait), () => options.ApprovalWait = TimeSpan.FromSeconds(-1));
        AssertNamed(nameof(options.ApprovalWait), () => options.ApprovalWait = TimeSpan.FromDays(2));

        static void AssertNamed(string name, Action set) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(set).ParamName);
    }
}

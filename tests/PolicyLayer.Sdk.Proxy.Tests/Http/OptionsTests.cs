namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>Times that no timer takes are refused where they are written, not with the first request.</summary>
public sealed class OptionsTests
{
    public static readonly TheoryData<long> Odd = [-1, TimeSpan.FromDays(50).Ticks, TimeSpan.MaxValue.Ticks];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Time_that_no_timer_takes_is_refused(long ticks)
    {
        var time = new TimeSpan(ticks);
        var options = new HttpToolPolicyProxyOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.UpstreamTimeout = time);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.SessionIdleTimeout = time);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StdioToolPolicyProxyOptions { Command = "a", ShutdownTimeout = time });
    }
}

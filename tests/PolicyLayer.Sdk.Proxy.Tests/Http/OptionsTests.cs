using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>What cannot work is refused where it is written, not with the first request.</summary>
public sealed class OptionsTests
{
    public static readonly TheoryData<long> Odd = [-1, TimeSpan.FromDays(50).Ticks, TimeSpan.MaxValue.Ticks];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Time_that_no_timer_takes_is_refused(long ticks)
    {
        var time = new TimeSpan(ticks);
        var options = new HttpToolPolicyProxyOptions();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(options.UpstreamTimeout), () => options.UpstreamTimeout = time);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(options.SessionIdleTimeout), () => options.SessionIdleTimeout = time);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(StdioToolPolicyProxyOptions.ShutdownTimeout), () => new StdioToolPolicyProxyOptions { Command = "a", ShutdownTimeout = time });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(StdioToolPolicyProxyOptions.MaxServerMessageBytes), () => new StdioToolPolicyProxyOptions { Command = "a", MaxServerMessageBytes = 0 });
    }

    [Theory]
    [InlineData("Content-Language", "secret")]
    [InlineData("X Y", "secret")]
    [InlineData("", "secret")]
    [InlineData("X-Key", "secret\n")]
    public async Task Header_that_no_request_can_have_is_refused_when_the_proxy_is_mapped(string name, string value)
    {
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HttpProxyUnderTest.StartAsync(
            """{ "version": "1", "default": "allow" }""",
            options => options.Upstreams["up"] = new ToolPolicyUpstream(new Uri("http://127.0.0.1:1/mcp")) { Headers = { [name] = value } }));
        Assert.StartsWith($"the header `{name}` for a server is one that no request can have", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    // No browser sends such a value, so that nobody would ever pass, and nobody would know why.
    [Theory]
    [InlineData("*")]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/app")]
    [InlineData("https://app.example.com:443")]
    [InlineData("https://user@app.example.com")]
    [InlineData("https://bücher.example")]
    [InlineData("")]
    public async Task Origin_that_no_browser_sends_is_refused_when_the_proxy_is_mapped(string origin)
    {
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HttpProxyUnderTest.StartAsync(
            """{ "version": "1", "default": "allow" }""",
            options => options.AllowedOrigins.Add(origin)));
        Assert.StartsWith($"no browser sends the origin `{origin}`", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://app.example.com")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://xn--bcher-kva.example")]
    [InlineData("vscode-webview://1a2b")]
    [InlineData("null")]
    public async Task Origin_that_a_browser_sends_is_taken(string origin)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync("""{ "version": "1", "default": "allow" }""", options => options.AllowedOrigins.Add(origin));
        Assert.Equal(200, (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", ("Origin", origin))).Status);
    }
}

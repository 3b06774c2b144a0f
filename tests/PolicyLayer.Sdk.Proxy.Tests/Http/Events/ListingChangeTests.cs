using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Events;

/// <summary>What clients are told over HTTP when a policy file has changed.</summary>
public sealed class ListingChangeTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Told = """data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""";
    private const string Listen = """{"jsonrpc":"2.0","id":7,"method":"subscriptions/listen","params":{}}""";

    private static readonly (string, string) Session = ("Mcp-Session-Id", "s");

    private readonly string _file = Path.GetTempFileName();
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private int _changes;

    public ListingChangeTests()
    {
        File.WriteAllText(_file, Policy);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddToolPolicies(options => options.AddPolicyFile(_file, reloadOnChange: true));
        _services = services.BuildServiceProvider();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task Session_is_told_once_on_its_newest_stream_between_the_servers_events(string type)
    {
        await using HttpProxyUnderTest proxy = await StartAsync("""{"tools":{"listChanged":true}}""", type);
        using Reader first = await OpenAsync(proxy);
        using (Reader second = await OpenAsync(proxy))
        {
            Change();
            Assert.Equal([Told, string.Empty], [await second.ReadAsync(), await second.ReadAsync()]);
            proxy.Server.Push();
            Assert.Equal(["id: 1", "data: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}", string.Empty, "id: 1"], [await first.ReadAsync(), await first.ReadAsync(), await first.ReadAsync(), await second.ReadAsync()]);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{"tools":{}}""")]
    [InlineData("""{"tools":{"listChanged":false}}""")]
    [InlineData("""{"prompts":{"listChanged":true}}""")]
    public async Task Session_of_a_server_that_tells_of_nothing_is_not_told(string capabilities)
    {
        await using HttpProxyUnderTest proxy = await StartAsync(capabilities, "application/json");
        using Reader stream = await OpenAsync(proxy);
        Change();
        proxy.Server.Push();
        Assert.Equal("id: 1", await stream.ReadAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("toolsListChanged", true)]
    [InlineData("promptsListChanged", false)]
    public async Task Subscription_is_told_under_its_id(string granted, bool isTold)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Guard = _services.GetRequiredService<ToolGuard>());
        proxy.Server.Answer = async (context, _) =>
        {
            string acknowledged = $$$$"""data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"{{{{granted}}}}":true},"_meta":{"io.modelcontextprotocol/subscriptionId":7}}}""";
            await UpstreamServer.WriteEventsAsync(context, acknowledged + "\n\n: listening\n\n");
            await proxy.Server.HoldAsync(context);
            return true;
        };
        using var stream = new Reader(await proxy.PostAsync(Listen));
        string[] begin = [await stream.ReadAsync(), await stream.ReadAsync(), await stream.ReadAsync(), await stream.ReadAsync()];
        Assert.Equal(": listening", begin[2]);
        Change();
        proxy.Server.Push();
        if (isTold)
        {
            Assert.Equal("""data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":7}}}""", await stream.ReadAsync());
            Assert.Empty(await stream.ReadAsync());
        }

        Assert.Equal("id: 1", await stream.ReadAsync());
    }

    public void Dispose()
    {
        _services.Dispose();
        File.Delete(_file);
    }

    private static async Task<Reader> OpenAsync(HttpProxyUnderTest proxy)
    {
        var reader = new Reader(await proxy.SendAsync(HttpMethod.Get, null, Session));
        Assert.Equal([": open", string.Empty], [await reader.ReadAsync(), await reader.ReadAsync()]);
        return reader;
    }

    private async Task<HttpProxyUnderTest> StartAsync(string capabilities, string type)
    {
        HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Guard = _services.GetRequiredService<ToolGuard>());
        proxy.Server.Answer = async (context, _) =>
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await UpstreamServer.WriteEventsAsync(context, ": open\n\n");
                await proxy.Server.HoldAsync(context);
                return true;
            }

            string answer = $$$"""{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{{{capabilities}}} } }""";
            context.Response.Headers["Mcp-Session-Id"] = "s";
            await (type == "application/json" ? UpstreamServer.WriteAsync(context, answer) : UpstreamServer.WriteEventsAsync(context, $"data: {answer}\n\n"));
            return true;
        };
        await proxy.InitializeAsync();
        return proxy;
    }

    private void Change()
    {
        File.WriteAllText(_file, Policy + new string(' ', ++_changes));
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Reads a stream of events line by line.</summary>
    private sealed class Reader(HttpResponseMessage response) : IDisposable
    {
        private readonly StreamReader _lines = new(response.Content.ReadAsStream(Token));

        public async Task<string> ReadAsync() => await _lines.ReadLineAsync(Token) ?? throw new EndOfStreamException();

        public void Dispose()
        {
            _lines.Dispose();
            response.Dispose();
        }
    }
}

using PolicyLayer.Sdk.Proxy.Tests.Support;
using static PolicyLayer.Sdk.Proxy.Tests.Support.LongMessages;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Events;

/// <summary>Events whose messages are too long to be held: they pass while they come, and end only when they are settled.</summary>
public sealed class LongEventTests
{
    private static readonly string BeginLong = Begin + Long;

    [Theory(Timeout = 60_000)]
    [InlineData("LONG\"}]}}\n\n", "Ok", "")]
    [InlineData("LONG\"}],\"isError\":true}}\nid: 7\n: note\n\n", "Error", "")]
    [InlineData("LONG\"}]\r\ndata:,\"isError\":false}}\r\nunknown: field\r\n\r\n", "Ok", "LONG\"}]\ndata: ,\"isError\":false}}\n\n")]
    public async Task Event_passes_while_it_comes_and_is_settled_by_its_end(string end, string outcome, string written)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var seen = new TaskCompletionSource();
        string rest = end.Replace("LONG", Long, StringComparison.Ordinal);
        const string After = "data: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n";
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, "event: message\ndata: " + BeginLong);
            await seen.Task;
            await UpstreamServer.WriteEventsAsync(context, rest + After);
            return true;
        };
        Assert.Equal(
            "event: message\ndata: " + BeginLong + (written.Length == 0 ? rest : written.Replace("LONG", Long, StringComparison.Ordinal)) + After,
            await ReadWhileItComesAsync(proxy, seen));
        Assert.Equal([Enum.Parse<ToolOutcome>(outcome)], proxy.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Long_notification_passes_before_the_answer()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        string events = $$$"""data: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"{{{Long}}}"}}""" + "\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n";
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, events);
            return true;
        };
        Assert.Equal(events, (await proxy.SayAsync(Call)).Body);
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("\"}]},\"id\":1}\n\n")]
    [InlineData("\"}]},\"error\":{}}\n\n")]
    [InlineData("\"}]},\"method\":\"ping\"}\n\n")]
    [InlineData("\\x\"}]}}\n\n")]
    [InlineData("\"}]\r}}\n\n")]
    [InlineData("\ndata: \"}]}}\n\n")]
    [InlineData("\"}]}\n\n")]
    public async Task Event_that_turns_out_to_be_none_is_cut_off_and_an_error(string end)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, "data: " + BeginLong + end + "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n");
            return true;
        };
        await IsCutOffAsync(proxy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Event_without_its_end_is_cut_off_and_an_error()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        proxy.Server.Answer = static async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, "data: " + BeginLong + "\"}]}}\n");
            return true;
        };
        await IsCutOffAsync(proxy);
    }

    // What is to be pruned is held, on whatever stream it comes.
    [Fact(Timeout = 60_000)]
    public async Task Long_listing_is_pruned_on_its_stream_and_cut_off_on_that_of_a_call()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        const string List = """{"jsonrpc":"2.0","id":9,"method":"tools/list"}""";
        string listing = $$$"""data: {"jsonrpc":"2.0","id":9,"result":{"tools":[{"name":"a","description":"{{{Long}}}"},{"name":"secret"}]}}""" + "\n\n";
        proxy.Server.Answer = async (context, body) =>
        {
            await UpstreamServer.WriteEventsAsync(context, body == List && proxy.Server.Bodies.Count(static one => one == List) > 1 ? "id: 1\ndata: \n\n" : listing);
            return true;
        };
        (string, string) session = ("Mcp-Session-Id", "session-1");
        string pruned = (await proxy.SayAsync(List, session)).Body;
        Assert.Contains("\"name\":\"a\"", pruned, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", pruned, StringComparison.Ordinal);
        Assert.Equal("id: 1\ndata: \n\n", (await proxy.SayAsync(List, session)).Body);
        await IsCutOffAsync(proxy, session);
    }
}

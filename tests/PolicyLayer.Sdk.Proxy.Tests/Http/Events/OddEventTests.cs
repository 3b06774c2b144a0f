using System.Text;
using PolicyLayer.Sdk.Proxy.Http.Events;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Events;

/// <summary>Streams of events that are written as few servers write them, yet as they may be.</summary>
public sealed class OddEventTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";
    private const string Event = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}\n\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Comment_that_says_that_a_server_is_alive_passes_at_once()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        var isHeard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, ": alive\n");
            await isHeard.Task.WaitAsync(context.RequestAborted);
            await UpstreamServer.WriteEventsAsync(context, Event);
            return true;
        };
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(": alive", await reader.ReadLineAsync(Token));
        isHeard.SetResult();
        Assert.Equal(Event, await reader.ReadToEndAsync(Token));
    }

    [Theory]
    [InlineData(": comment\n")]
    [InlineData("id: 1\n")]
    [InlineData("id: 1\n: comment\n")]
    public async Task Event_without_end_is_not_held_without_end(string lines)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(lines, 1000)) + Event));
        var events = new EventReader(stream, maxBytes: 100);
        int longest = 0;
        string last = string.Empty;
        while (await events.ReadAsync(canBeOpen: false, Token) is { } next)
        {
            last = Encoding.UTF8.GetString(next.With(next.HasData ? next.Data : default(ReadOnlyMemory<byte>?)).Span);
            longest = Math.Max(longest, last.Length);
        }

        Assert.InRange(longest, 1, 100 + Event.Length);
        Assert.EndsWith(Event, last, StringComparison.Ordinal);
    }

    // Who reads events takes one byte order mark off their stream (HTML, 9.2.5 "parsing an event stream"); further ones are text.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Byte_order_mark_before_the_first_event_hides_no_field(bool canBeOpen)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + Event + "\uFEFF" + Event));
        var events = new EventReader(stream, maxBytes: 1000);
        ServerEvent? first = await events.ReadAsync(canBeOpen, Token);
        Assert.Equal(Event, Encoding.UTF8.GetString(first!.With(first.Data).Span));
        Assert.False((await events.ReadAsync(canBeOpen, Token))!.HasData);
        Assert.Null(await events.ReadAsync(canBeOpen, Token));
    }
}

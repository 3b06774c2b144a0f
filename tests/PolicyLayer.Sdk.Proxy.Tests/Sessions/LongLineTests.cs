using PolicyLayer.Sdk.Proxy.Tests.Support;
using static PolicyLayer.Sdk.Proxy.Tests.Support.LongMessages;

namespace PolicyLayer.Sdk.Proxy.Tests.Sessions;

/// <summary>Lines of the server that are too long to be held: they pass while they come, and their end only where all is certain.</summary>
public sealed class LongLineTests
{
    private const string Listing = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
    private const string Unreadable = """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"the server\u0027s answer could be read in more than one way, so it is not passed on"}}""";

    private readonly SessionUnderTest _session = new(Policy);

    [Theory]
    [InlineData("ok", Begin, "a", "b\"}]}}\n")]
    [InlineData("ok", Begin, "a", "b\"}]}}\r\n")]
    [InlineData("ok", Begin, "a\"}]}}", "\n")]
    [InlineData("ok", Begin, "a\"}]}}", "")]
    [InlineData("ok", """{"result":{"content":[{"text":" """, "a", "\"}]},\"jsonrpc\":\"2.0\",\"id\":1}\n")]
    [InlineData("error", """{"result":{"isError":true,"content":[{"text":" """, "a", "\"}]},\"jsonrpc\":\"2.0\",\"id\":1}\n")]
    public async Task Answer_passes_byte_by_byte_and_is_settled(string outcome, string begin, params string[] rest)
    {
        await _session.ClientSaysAsync(Call);
        await _session.ServerSaysInPartsAsync([begin, .. rest]);
        Assert.Equal(begin + string.Concat(rest), string.Concat(_session.ToClient));
        Assert.Equal([outcome], _session.Audit.Outcomes.Select(static each => each.ToString().ToLowerInvariant()));
    }

    [Fact]
    public async Task Answer_passes_while_it_comes_and_its_end_when_it_is_settled()
    {
        await _session.ClientSaysAsync(Call);
        await _session.ServerSaysInPartsAsync(Begin, "a", "b", "c\"}]}}");
        Assert.Equal([Begin, "a", "b", "", "c\"}]}}"], _session.ToClient);
    }

    [Theory]
    [InlineData(Begin, "a", "}]}}\n")]
    [InlineData(Begin, "a\r", "\"}]}}\n")]
    [InlineData(Begin, "a", "\"}]},\"id\":1}\n")]
    [InlineData(Begin, "a", "\"}]},\"Result\":1}\n")]
    [InlineData(Begin, "\n")]
    [InlineData(Begin, "a\"}]}}", "{", "\n")]
    [InlineData(Begin, "a\"}]}}", "{}\n")]
    public async Task Line_that_turns_out_to_be_no_message_is_broken_off_and_an_error(params string[] parts)
    {
        await _session.ClientSaysAsync(Call);
        await _session.ServerSaysInPartsAsync(parts);
        string[] lines = string.Concat(_session.ToClient).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Unreadable, lines[^1]);
        Assert.StartsWith(lines[0], string.Concat(parts), StringComparison.Ordinal);
        Assert.DoesNotContain("}]}}", lines[0], StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], _session.Audit.Outcomes);

        // What comes behind it is a line of its own.
        await _session.ServerSaysAsync("""{"jsonrpc":"2.0","method":"notifications/progress"}""");
        Assert.EndsWith("""{"jsonrpc":"2.0","method":"notifications/progress"}""" + "\n", _session.ToClient[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notification_passes()
    {
        await _session.ServerSaysInPartsAsync("""{"jsonrpc":"2.0","method":"notifications/message","params":{"data":" """, "a", "\"}}\n");
        Assert.EndsWith("\"}}\n", string.Concat(_session.ToClient), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_nobody_asked_for_gets_no_end()
    {
        await _session.ServerSaysInPartsAsync(Begin, "a", "\"}]}}\n");
        Assert.Equal([Begin, "a"], _session.ToClient);
    }

    [Fact]
    public async Task Others_wait_for_the_end_of_the_line()
    {
        await _session.ClientSaysAsync(Call);
        await _session.ServerBeginsAsync(Begin, "a");
        Task denied = _session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        Assert.False(denied.IsCompleted);
        await _session.CloseAsync();
        await denied;
        Assert.Equal([ToolOutcome.Error], _session.Audit.Outcomes);
    }

    [Fact]
    public async Task Listing_and_what_may_be_one_is_held_whole()
    {
        await _session.ClientSaysAsync(Call);
        Assert.True(_session.CanPassInParts("""{"result":{"""));
        await _session.ClientSaysAsync(Listing);
        Assert.True(_session.CanPassInParts("""{"id":1,"result":{"""));
        Assert.False(_session.CanPassInParts("""{"id":2,"result":{"""));
        Assert.False(_session.CanPassInParts("""{"result":{"""));
    }

    [Fact]
    public async Task Listing_that_was_asked_for_too_late_gets_no_end()
    {
        await _session.ServerBeginsAsync("""{"result":{"tools":[{"name":" """, "a");
        await _session.ClientSaysAsync(Listing);
        await _session.ServerSaysInPartsAsync("\"}]},\"jsonrpc\":\"2.0\",\"id\":2}\n");
        string[] lines = string.Concat(_session.ToClient).Split('\n');
        Assert.Equal("""{"result":{"tools":[{"name":" a""", lines[0]);
        Assert.StartsWith("""{"jsonrpc":"2.0","id":2,"error":""", lines[1], StringComparison.Ordinal);
    }
}

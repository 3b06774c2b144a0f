using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

/// <summary>Lines that come together go out together, and none waits for what does not come.</summary>
public sealed class LinePumpTests : IDisposable
{
    private readonly List<string> _written = [];
    private readonly ManualTimeProvider _clock = new();
    private readonly LineWriter _writer;

    public LinePumpTests() => _writer = new LineWriter(new LineLog(_written), _clock);

    public void Dispose() => _writer.Dispose();

    [Fact]
    public async Task Lines_that_come_together_go_out_together_and_in_order()
    {
        await RunAsync("a\nb\nc\n", Pass);
        Assert.Equal(["a\nb\nc\n"], _written);
    }

    [Fact]
    public async Task Last_line_that_does_not_pass_holds_up_none_before_it()
    {
        await RunAsync("a\nb\nc\n", line => TextOf(line) == "c\n" ? default : Pass(line));
        Assert.Equal(["a\nb\n"], _written);
    }

    [Fact]
    public async Task Line_without_an_end_holds_up_none_before_it()
    {
        await RunAsync("a\nb\nc", Pass);
        Assert.Equal(["a\nb\n", "c"], _written);
    }

    [Fact]
    public async Task Line_that_has_to_wait_holds_up_none_before_it()
    {
        var settled = new TaskCompletionSource();
        Task pumped = RunAsync("a\nb\nc\n", async line =>
        {
            if (TextOf(line) == "b\n")
            {
                await settled.Task;
            }

            await Pass(line);
        });
        Assert.Equal(["a\n"], _written);
        settled.SetResult();
        await pumped;
        Assert.Equal("a\nb\nc\n", string.Concat(_written));
    }

    [Fact]
    public async Task Line_that_fails_takes_none_before_it_along()
    {
        await RunAsync("a\nb\nc\n", line => TextOf(line) == "b\n" ? ValueTask.FromException(new IOException()) : Pass(line));
        Assert.Equal(["a\n"], _written);
    }

    [Fact]
    public async Task Code_that_holds_up_the_thread_holds_up_no_line_before_it()
    {
        await RunAsync("a\nb\n", line =>
        {
            if (TextOf(line) == "b\n")
            {
                Assert.Empty(_written);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
                Assert.Equal(["a\n"], _written);
            }

            return Pass(line);
        });
        Assert.Equal(["a\n", "b\n"], _written);
    }

    [Fact]
    public async Task Other_writer_keeps_the_order()
    {
        await _writer.WriteAsync("a\n"u8.ToArray(), isFollowed: true);
        await _writer.WriteAsync("other\n"u8.ToArray());
        Assert.Equal(["a\nother\n"], _written);
    }

    [Fact]
    public async Task Long_line_is_not_held_and_keeps_the_order()
    {
        string line = new string('x', 1 << 15) + "\n";
        await RunAsync("a\n" + line + "b\n", Pass);
        Assert.Equal("a\n" + line + "b\n", string.Concat(_written));
        Assert.Contains(line, _written);
    }

    private static string TextOf(TextLine line) => Encoding.UTF8.GetString(line.Bytes.Span);

    private ValueTask Pass(TextLine line) => _writer.WriteAsync(line.Bytes, line.IsFollowed);

    private Task RunAsync(string text, Func<TextLine, ValueTask> pass) =>
        LinePump.RunAsync(new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1 << 20), pass, _writer);
}

using System.Text;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nbc\r\n\nd", "a\n|bc\r\n|\n|d")]
    [InlineData("", "")]
    [InlineData("\n", "\n")]
    [InlineData("12345678\n123456789\nx\n", "12345678\n|123456789…|x\n")]
    [InlineData("123456789", "123456789…")]
    public async Task ReadAsync_keeps_every_byte_and_marks_what_is_too_long(string text, string lines)
    {
        foreach (int step in new[] { 1, 3, 1000 })
        {
            Assert.Equal(lines, string.Join('|', await ReadAsync(Encoding.UTF8.GetBytes(text), step, 8)));
        }
    }

    [Fact]
    public async Task ReadAsync_holds_no_more_of_a_line_that_is_too_long_than_its_head()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 1 << 20), (byte)'\n', .. "next\n"u8];
        string[] lines = await ReadAsync(text, 1 << 12, 1 << 16);
        Assert.Equal((2, "next\n"), (lines.Length, lines[1]));
        Assert.InRange(lines[0].Length, 1, 1 << 13);
    }

    [Fact]
    public async Task ReadAsync_reads_a_long_line_within_the_bound_whole()
    {
        string text = new string('y', 3_000_000) + "\n";
        Assert.Equal([text, "z\n"], await ReadAsync(Encoding.UTF8.GetBytes(text + "z\n"), 1 << 16, 1 << 22));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task ReadAsync_gives_a_long_line_in_parts_and_its_end_in_one(int step)
    {
        const string Text = "abcd\r\nabcdefghijklmnop\r\n\r\nx";
        var reader = new LineReader(new SteppedStream(Encoding.UTF8.GetBytes(Text), step), 100);
        var all = new StringBuilder();
        while (await reader.ReadAsync(4, null, TestContext.Current.CancellationToken) is { } line)
        {
            string text = Encoding.UTF8.GetString(line.Bytes.Span);
            Assert.Equal(line.IsPart, !text.EndsWith('\n') && text != "x");
            Assert.False(text.EndsWith('\r') || text.Length == 0);
            all.Append(text);
        }

        Assert.Equal(Text, all.ToString());
    }

    private static async Task<string[]> ReadAsync(byte[] text, int step, int maxBytes)
    {
        var reader = new LineReader(new SteppedStream(text, step), maxBytes);
        var lines = new List<string>();
        while (await reader.ReadAsync(int.MaxValue, null, TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(Encoding.UTF8.GetString(line.Bytes.Span) + (line.IsTooLong ? "…" : string.Empty));
        }

        return [.. lines];
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class SteppedStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}

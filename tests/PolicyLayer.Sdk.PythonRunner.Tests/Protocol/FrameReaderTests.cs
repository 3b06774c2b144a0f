using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Tests.Protocol;

public sealed class FrameReaderTests
{
    [Fact]
    public async Task Frames_are_read_one_by_one_to_the_end()
    {
        FrameReader reader = Reader("6F02000000"u8, "hi"u8, "7800000000"u8);

        Frame first = (await reader.ReadAsync(TestContext.Current.CancellationToken))!.Value;
        Assert.Equal((FrameKind.Output, "hi"), (first.Kind, System.Text.Encoding.UTF8.GetString(first.Content.Span)));
        Assert.Equal(FrameKind.Exit, (await reader.ReadAsync(TestContext.Current.CancellationToken))!.Value.Kind);
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("6F")]
    [InlineData("6F020000")]
    [InlineData("6F0200000041")]
    [InlineData("0000000000")]
    [InlineData("5A01000000FF")]
    [InlineData("6FFFFFFFFF")]
    [InlineData("6F01000100")]
    public async Task Anything_else_is_no_frame(string hex)
    {
        var reader = new FrameReader(new MemoryStream(Convert.FromHexString(hex)));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Random_bytes_end_in_an_error_or_an_end_and_nothing_else()
    {
        var random = new Random(20260101);
        for (int i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            var reader = new FrameReader(new MemoryStream(bytes));
            Exception? error = await Record.ExceptionAsync(async () =>
            {
                while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
                {
                }
            });

            Assert.True(error is null or InvalidDataException, error?.ToString());
        }
    }

    private static FrameReader Reader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> content, ReadOnlySpan<byte> second) =>
        new(new MemoryStream([.. Hex(header), .. content, .. Hex(second)]));

    private static byte[] Hex(ReadOnlySpan<byte> text) => Convert.FromHexString(System.Text.Encoding.ASCII.GetString(text));
}

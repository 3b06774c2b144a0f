using System.Diagnostics;

namespace PolicyLayer.Cli.Tests;

/// <summary>Standard streams that are closed, full, or come to a halt.</summary>
public sealed class StandardStreamTests : IDisposable
{
    private const string AllowAll = """{ "version": "1", "default": "allow" }""";

    private readonly Tool _tool = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData("eval --policy {policy} --calls - <&-", "policylayer: standard input is closed")]
    [InlineData("eval --policy - --tool a <&-", "policylayer: standard input is closed")]
    [InlineData("validate - <&-", "policylayer: standard input is closed")]
    [InlineData("migrate - <&-", "policylayer: standard input is closed")]
    [InlineData("python - <&-", "policylayer: standard input: the file cannot be read")]
    [InlineData("eval --policy {policy} --tool a >&-", "policylayer: standard output is closed")]
    [InlineData("eval --policy {policy} --tool a <&- >&-", "policylayer: standard output is closed")]
    [InlineData("eval --policy nowhere.json --tool a <&- >&- 2>&-", "")]
    public async Task Stream_that_is_closed_at_the_start_is_told_of_and_not_waited_for(string line, string error)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell of POSIX closes streams");
        string command = line.Replace("{policy}", _tool.File("policy.json", AllowAll), StringComparison.Ordinal);
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$0\" {command}", typeof(CommandLine).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
            Assert.StartsWith(error, await process.StandardError.ReadToEndAsync(Token), StringComparison.Ordinal);
            Assert.Empty(await output);
            await process.WaitForExitAsync(Token);
            Assert.Equal(2, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("validate", "-")]
    [InlineData("migrate", "-")]
    [InlineData("eval", "--policy", "-", "--tool", "a")]
    [InlineData("audit", "verify", "-")]
    [InlineData("audit", "verify", "-", "--format", "json")]
    public async Task Command_that_waits_for_input_stops_when_told(params string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var input = new WaitingStream("{"u8.ToArray());
        Task<int> running = Task.Run(() => CommandLine.RunAsync(args, new CommandStreams(input, TextWriter.Null, TextWriter.Null, IsPlain: true), stop.Token), Token);
        await input.IsWaiting.WaitAsync(Token);
        await stop.CancelAsync();
        Assert.Equal(130, await running);
    }

    [Fact]
    public async Task Results_that_were_lost_before_a_line_of_errors_are_told_of()
    {
        using var error = new StringWriter();
        await using var full = new FullStream();
        var output = new StreamWriter(full);
        using var calls = new MemoryStream("{\"tool\":\"a\",\"expect\":{\"decision\":\"deny\"}}\n"u8.ToArray());
        Assert.Equal(2, await CommandLine.RunAsync(["eval", "--policy", _tool.File("policy.json", AllowAll), "--calls", "-"], new CommandStreams(calls, output, error, IsPlain: true), Token));
        Assert.Equal(["standard input(1): expected decision \"deny\", got \"allow\"", "0 of 1 expectations hold", "policylayer: no space left"], error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Token_that_cannot_be_printed_is_said_to_be_lost()
    {
        using var error = new StringWriter();
        await using var full = new FullStream();
        var output = new StreamWriter(full);
        Assert.Equal(2, await CommandLine.RunAsync(["grants", "add", "--file", _tool.PathOf("grants.json"), "--id", "ci"], new CommandStreams(Stream.Null, output, error, IsPlain: true), Token));
        Assert.StartsWith("policylayer: the token is in the file, and could not be printed, so nobody has it; `policylayer grants rotate` makes another", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A disk that is full, until what was to be written is thrown away.</summary>
    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left.");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left.");
    }
}

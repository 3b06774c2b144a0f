using System.Text;

namespace PolicyLayer.Cli.Tests.Auditing;

/// <summary>A trail that cannot be written any more while calls are evaluated.</summary>
public sealed class AuditLostTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Decision_that_cannot_be_recorded_ends_the_command()
    {
        string policy = _tool.File("policy.json", """{ "version": "1", "default": "allow" }""");
        string audit = _tool.PathOf("audit.jsonl");
        using var calls = new CallsBetween(
            """{"tool":"first"}""",
            () =>
            {
                File.Delete(audit);
                Directory.CreateDirectory(audit);
            },
            """{"tool":"second"}""");
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(["eval", "--policy", policy, "--calls", "-", "--audit", audit], new CommandStreams(calls, output, error, IsPlain: true), TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.Contains("first", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("policylayer: standard input(2): the record of this call could not be written to the file of --audit: see that its disk has room, and that it may be written\n", error.ToString());
    }

    /// <summary>Two lines, and what happens between them.</summary>
    private sealed class CallsBetween(string first, Action between, string second) : MemoryStream
    {
        private int _reads;

        public override int Read(byte[] buffer, int offset, int count)
        {
            string? line = ++_reads switch { 1 => first, 2 => second, _ => null };
            if (line == second)
            {
                between();
            }

            return line is null ? 0 : Encoding.UTF8.GetBytes(line + "\n", buffer.AsSpan(offset, count));
        }
    }
}

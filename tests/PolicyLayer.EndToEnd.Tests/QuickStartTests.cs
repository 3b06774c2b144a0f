using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.EndToEnd.Tests;

/// <summary>The sample that a new user runs first, with real processes, a real protocol and a real interpreter.</summary>
public sealed class QuickStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policylayer-test-").FullName;

    private string AuditFile => Path.Combine(_folder, "audit.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task Story_as_written_goes_as_the_policy_says()
    {
        SkipWithoutPython();

        (int exitCode, string output) = await SampleProgram.RunAsync("QuickStart", [], Token);

        Assert.True(exitCode == 0, output);
        Assert.Contains("The model sees: echo, get_time, run_python_code", output, StringComparison.Ordinal);
        Assert.Contains("/tools/run_python_code/limits/run_python_code_rate", output, StringComparison.Ordinal);
        Assert.Contains("Every call went as the policy says.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Server_killed_in_mid_call_leaves_no_process_behind()
    {
        SkipWithoutPython();
        await using McpClient client = await QuickStartProgram.ConnectAsync(AuditFile, null, Token);
        int server = Assert.Single(LinuxProcess.Children(Environment.ProcessId, AuditFile));
        Task call = client.CallToolAsync("run_python_code", new Dictionary<string, object?> { ["code"] = "while True: pass" }, cancellationToken: Token).AsTask();

        int[] children;
        while ((children = LinuxProcess.Descendants(server)).Length < 2)
        {
            Assert.False(call.IsCompleted, "the call ended before it was seen to run");
            await Task.Delay(10, Token);
        }

        Process.GetProcessById(server).Kill();

        await Task.WhenAll(children.Select(static pid => LinuxProcess.GoneAsync(pid, Token)));
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }

    [Fact(Timeout = 120_000)]
    public async Task Python_missing_says_what_to_install_and_the_other_tools_work()
    {
        var environment = new Dictionary<string, string?> { ["PATH"] = _folder, ["DOTNET_ROOT"] = null };
        await using McpClient client = await QuickStartProgram.ConnectAsync(AuditFile, environment, Token);

        CallToolResult python = await client.CallToolAsync("run_python_code", new Dictionary<string, object?> { ["code"] = "print(1)" }, cancellationToken: Token);
        CallToolResult echo = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" }, cancellationToken: Token);

        JsonNode result = JsonNode.Parse(Text(python))!;
        Assert.Equal("unavailable", (string?)result["outcome"]);
        Assert.Contains("python3", (string?)result["error"], StringComparison.Ordinal);
        Assert.Contains("install", (string?)result["error"], StringComparison.Ordinal);
        Assert.Equal("hello", Text(echo));
    }

    [Fact(Timeout = 120_000)]
    public async Task Audit_tells_of_every_call_and_of_no_value()
    {
        const string Secret = "s3cr3t-value";
        await using (McpClient client = await QuickStartProgram.ConnectAsync(AuditFile, null, Token))
        {
            await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = Secret }, cancellationToken: Token);
            await client.CallToolAsync("run_python_code", new Dictionary<string, object?> { ["code"] = 1, ["other"] = Secret }, cancellationToken: Token);
        }

        string[] lines = await File.ReadAllLinesAsync(AuditFile, Token);
        Assert.Equal(["start", "policy", "decision", "outcome", "decision", "stop"], lines.Select(static line => (string?)JsonNode.Parse(line)!["kind"]));
        Assert.DoesNotContain(lines, static line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static void SkipWithoutPython()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the Python sandbox needs Linux");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "python3"))), "python3 is not installed");
    }

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
}

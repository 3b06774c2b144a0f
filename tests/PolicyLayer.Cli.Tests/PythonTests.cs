using System.Diagnostics;
using System.Text.Json;

namespace PolicyLayer.Cli.Tests;

public sealed class PythonTests : IDisposable
{
    private readonly Tool _tool = new();

    public PythonTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "python3"))),
        "the sandbox is made of Linux kernel features and needs python3 on PATH");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Program_of_a_file_writes_where_it_wrote_and_a_line_says_how_it_ended()
    {
        string file = _tool.File("program.py", "import sys, math\nprint(math.floor(6.5) * 7)\nprint('careful', file=sys.stderr)\n");

        Tool.Result result = await _tool.RunAsync("python", file, "--allow-import", "math,sys", "--timeout", "5", "--memory", "128");

        Assert.Equal((0, "42\n"), (result.Code, result.Output));
        Assert.StartsWith("careful\npolicylayer: the program ended with 0 after ", result.Error, StringComparison.Ordinal);
        Assert.Matches("; isolation (kernel|full)\n$", result.Error);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("python -")]
    [InlineData("python - --allow-import math --allow-import json")]
    public async Task Program_of_standard_input_runs(string command)
    {
        Tool.Result result = await _tool.RunWithInputAsync("print(1)", command.Split(' '));

        Assert.Equal((0, "1\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Result_for_programs_is_the_object_of_the_tool()
    {
        Tool.Result result = await _tool.RunWithInputAsync("print(1)", "python", "-", "--format", "json");

        JsonElement json = JsonElement.Parse(Assert.Single(result.Lines));
        Assert.Equal(
            ["stdout", "stderr", "returncode", "execution_time_ms", "outcome", "stdout_truncated", "stderr_truncated", "isolation"],
            json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal((0, string.Empty, "1\n", "exited"), (result.Code, result.Error, json.GetProperty("stdout").GetString(), json.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("raise SystemExit(3)", 1, "exited", 3)]
    [InlineData("1 / 0", 1, "exited", 1)]
    [InlineData("while True: pass", 1, "timeout", 137)]
    [InlineData("x = []\nwhile True: x.append(bytearray(1 << 20))", 1, "memory", 1)]
    [InlineData("while True: print('x' * 1000)", 1, "output_limit", 137)]
    [InlineData("import os", 1, "exited", 1)]
    [InlineData("print('\0')", 2, "refused", -1)]
    public async Task Every_end_has_its_exit_code(string code, int expected, string outcome, int returnCode)
    {
        string[] options = code.StartsWith("while True: pass", StringComparison.Ordinal) ? ["--timeout", "0.3"] : [];

        Tool.Result result = await _tool.RunWithInputAsync(code, ["python", "-", "--format", "json", .. options]);

        JsonElement json = JsonElement.Parse(Assert.Single(result.Lines));
        Assert.Equal((expected, outcome, returnCode), (result.Code, json.GetProperty("outcome").GetString(), json.GetProperty("returncode").GetInt32()));
    }

    [Fact]
    public async Task Traceback_and_end_are_told_on_the_error_stream()
    {
        Tool.Result result = await _tool.RunWithInputAsync("print('before')\n1 / 0", "python", "-");

        Assert.Equal((1, "before\n"), (result.Code, result.Output));
        Assert.Contains("ZeroDivisionError: division by zero\npolicylayer: the program ended with 1 after ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_is_no_text_or_too_long_is_wrong_usage()
    {
        Tool.Result noText = await _tool.RunWithInputAsync([(byte)'1', 0xFF], "python", "-");
        Tool.Result tooLong = await _tool.RunWithInputAsync(new string('#', (256 * 1024) + 1), "python", "-");

        Assert.Equal((2, "policylayer: standard input: the program is not UTF-8 (byte 1)\n"), (noText.Code, noText.Error));
        Assert.Equal((2, "policylayer: standard input: the program is longer than 262144 bytes\n"), (tooLong.Code, tooLong.Error));
    }

    [Fact]
    public async Task Report_shows_every_layer()
    {
        Tool.Result result = await _tool.RunAsync("python", "--report", "--format", "json");

        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        JsonElement json = JsonElement.Parse(Assert.Single(result.Lines));
        Assert.Contains(json.GetProperty("level").GetString(), (string[])["kernel", "full"]);
        Assert.Equal(("kernel", true), (json.GetProperty("required").GetString(), json.GetProperty("holds").GetBoolean()));
        JsonElement[] layers = [.. json.GetProperty("layers").EnumerateArray()];
        Assert.Superset(
            new HashSet<string?>(["seccomp", "landlock", "landlock_tcp", "mount_namespace", "empty_root", "limits"]),
            layers.Select(static layer => layer.GetProperty("name").GetString()).ToHashSet());
        Assert.All(layers, static layer =>
        {
            bool holds = layer.GetProperty("holds").GetBoolean();
            Assert.NotEmpty(layer.GetProperty("needs").GetString()!);
            Assert.Equal(holds, layer.GetProperty("reason").ValueKind == JsonValueKind.Null);
            Assert.Equal(holds, layer.GetProperty("advice").ValueKind == JsonValueKind.Null);
        });
    }

    [Fact]
    public async Task Report_for_people_is_a_table()
    {
        Tool.Result result = await _tool.RunAsync("python", "--report", "--require", "seccomp");

        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.StartsWith("Python 3.", result.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" (required: seccomp, which holds)", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal("layer                 holds  for      needs", result.Lines[2]);
        Assert.Contains("seccomp               yes    seccomp  a kernel with seccomp filters, and a container that permits setting one", result.Lines);
    }

    [Fact]
    public async Task Stopped_while_nobody_writes_to_the_pipe_that_is_the_program_it_ends()
    {
        string pipe = _tool.PathOf("program");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var stop = new CancellationTokenSource();
        var streams = new CommandStreams(Stream.Null, TextWriter.Null, TextWriter.Null, IsPlain: true);

        Task<int> run = Task.Run(() => CommandLine.RunAsync(["python", pipe], streams, stop.Token), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal(130, await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}

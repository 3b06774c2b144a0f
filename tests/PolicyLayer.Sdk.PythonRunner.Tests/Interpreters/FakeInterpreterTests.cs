using System.ComponentModel;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Interpreters;

/// <summary>A python3 that is none, or turns bad after it was asked: always a clear answer, never a hang.</summary>
[Collection(Alone.Name)] // a script may not be started while another test's fork holds it open
public sealed class FakeInterpreterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 1")]
    [InlineData("echo rubbish")]
    [InlineData("echo 'no such option' >&2; exit 2", "no such option")]
    [InlineData("exec yes")]
    [InlineData("exec cat /dev/zero")]
    [InlineData("exec yes >&2")]
    [InlineData("cat > /dev/null; echo done")]
    [InlineData("printf 'sandbox-probe 1\\nsize=7\\n\\nabc'", "cut off")]
    [InlineData("printf 'sandbox-probe 1\\nsize=x\\n\\n'", "`size` is not a number")]
    [InlineData("printf 'sandbox-probe 1\\nsize=0\\nlacks=\\n\\n'", "`implementation` is missing")]
    [InlineData("exec sleep 1000", "did not answer")]
    [InlineData("trap '' TERM; while :; do :; done", "did not answer")]
    public async Task Something_that_is_not_Python_is_unavailable(string script, string because = "is not a Python that can be used")
    {
        PythonResult result = await RunAsync(script);

        Assert.Equal((PythonOutcome.Unavailable, -1), (result.Outcome, result.ReturnCode));
        Assert.Contains(because, result.Error, StringComparison.Ordinal);
        Assert.Contains("apt-get install python3", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_that_the_system_cannot_read_is_an_answer_and_no_exception()
    {
        ProbeAnswer answer = await InterpreterProbe.AskAsync("./a\0b", TimeProvider.System);

        Assert.Null(answer.Interpreter);
        Assert.Contains("could not be started", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("implementation=pypy", "it must be CPython")]
    [InlineData("version=3.8.18", "3.9 or newer")]
    [InlineData("machine=riscv64", "x86_64 or aarch64")]
    [InlineData("bits=32", "32 bits")]
    [InlineData("lacks=_ctypes", "without the module `_ctypes`")]
    [InlineData("platform=darwin", "for Linux")]
    public async Task Python_that_does_not_fit_is_unavailable(string fact, string because)
    {
        string[] facts = ["implementation=cpython", "version=3.11.0", "machine=x86_64", "bits=64", "lacks=", "platform=linux", "magic=00", "size=0", "executable=/x"];
        string name = fact[..fact.IndexOf('=', StringComparison.Ordinal)];
        string answer = string.Join("\\n", facts.Select(line => line.StartsWith(name + "=", StringComparison.Ordinal) ? fact : line));

        PythonResult result = await RunAsync($"printf 'sandbox-probe 1\\n{answer}\\n\\n'");

        Assert.Equal(PythonOutcome.Unavailable, result.Outcome);
        Assert.Contains(because, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", "ended without a word")]
    [InlineData("echo 'it broke' >&2; exit 3", "it broke")]
    [InlineData("echo rubbish", "not a frame")]
    [InlineData("exec yes", "not a frame")]
    [InlineData("exec yes >&2", "ended without a word")]
    [InlineData("exec cat", "not a frame")]
    [InlineData("printf 'o\\001\\000\\000\\000x'", "out of order")]
    [InlineData("printf 'r\\377\\377\\377\\377'", "not a frame")]
    [InlineData("printf 'r\\005\\000'", "middle of a frame")]
    [InlineData("exec sleep 1000", "did not answer in time")]
    [InlineData("cat > /dev/null", "did not answer in time")]
    public async Task Interpreter_that_turns_bad_after_the_probe_is_unavailable(string script, string because)
    {
        Sandbox.RequireLinux();
        string facts = string.Join("\\n", "implementation=cpython", "version=3.11.0", "machine=x86_64", "bits=64", "lacks=", "platform=linux", "magic=00", "size=0");
        string path = _folder["python3"];
        string code = $"case \"$*\" in *sandbox-probe*) printf 'sandbox-probe 1\\n{facts}\\nexecutable={path}\\n\\n';; *) {script};; esac";

        PythonResult result = await RunAsync(code);

        Assert.Equal((PythonOutcome.Unavailable, -1), (result.Outcome, result.ReturnCode));
        Assert.Contains(because, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("python3")]
    public async Task Interpreter_that_does_not_know_its_path_is_started_where_it_was_found(string executable)
    {
        Sandbox.RequireLinux();
        string facts = string.Join("\\n", "implementation=cpython", "version=3.11.0", "machine=x86_64", "bits=64", "lacks=", "platform=linux", "magic=00", "size=0");
        string path = _folder.Script("python3", $"#!/bin/sh\nprintf 'sandbox-probe 1\\n{facts}\\nexecutable={executable}\\n\\n'\n");

        ProbeAnswer answer = await InterpreterProbe.AskAsync(Path.GetRelativePath(Environment.CurrentDirectory, path), TimeProvider.System);

        Assert.Equal((path, null), (answer.Interpreter?.Path, answer.Error));
    }

    [Theory]
    [InlineData("/nonexistent/python3")]
    [InlineData("no-such-python")]
    [InlineData("/etc/passwd")]
    [InlineData("/")]
    public async Task Interpreter_that_is_not_there_is_unavailable_with_advice(string path)
    {
        PythonResult result = await Sandbox.RunAsync("print(1)", o => o.PythonPath = path);

        Assert.Equal((PythonOutcome.Unavailable, -1), (result.Outcome, result.ReturnCode));
        Assert.Contains("apt-get install python3", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Whoever has too few descriptors was told to install Python.</summary>
    [Theory]
    [InlineData(2, "apt-get install python3")]
    [InlineData(13, "apt-get install python3")]
    [InlineData(11, "ulimit -u")]
    [InlineData(12, "MaxConcurrentRuns")]
    [InlineData(23, "ulimit -n")]
    [InlineData(24, "ulimit -n")]
    public void Host_that_has_used_up_its_limits_is_told_so(int error, string advice)
    {
        string text = Advice.NotStarted("/usr/bin/python3", new Win32Exception(error));

        Assert.Contains(advice, text, StringComparison.Ordinal);
        Assert.Equal(error is 2 or 13, text.Contains(Advice.Install, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Errno 11] Resource temporarily unavailable", "ulimit -u")]
    [InlineData("[Errno 24] Too many open files", "ulimit -n")]
    [InlineData("[Errno 1] Operation not permitted", "newer kernel")]
    public void Supervisor_that_finds_the_limits_used_up_says_so(string reason, string advice) =>
        Assert.Contains(advice, Advice.Missing(IsolationLevel.Kernel, "supervisor", reason), StringComparison.Ordinal);

    [Fact]
    public async Task Python_that_appears_later_is_found()
    {
        string real = await Sandbox.RealPythonAsync();
        PythonRunner runner = Sandbox.Runner(o => o.PythonPath = _folder["python3"]);

        PythonResult before = await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken);
        _folder.Interpreter(real);
        PythonResult after = await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken);

        Assert.Equal((PythonOutcome.Unavailable, "1\n"), (before.Outcome, after.Stdout));
    }

    private async Task<PythonResult> RunAsync(string script)
    {
        Sandbox.RequireLinux();
        string path = _folder.Script("python3", "#!/bin/sh\n" + script + "\n");
        var runner = new PythonRunner(new PythonRunnerOptions { PythonPath = path, PoolSize = 0 }, new FastTime());
        return await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken);
    }
}

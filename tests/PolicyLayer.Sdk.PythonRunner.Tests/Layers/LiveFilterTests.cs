using System.Runtime.InteropServices;
using PolicyLayer.Sdk.Python.Tests.Seccomp;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Layers;

/// <summary>The filter as this kernel really runs it, asked by native code.</summary>
public sealed class LiveFilterTests
{
    private static readonly int[] ByArguments = [0, 1, 9, 10, 23, 28, 202, 228, 229, 230, 270];

    // uretprobe and uprobe pass any filter on newer kernels; outside of a probe they end the process that asks.
    private static readonly int[] Unfiltered = [335, 336];

    [Fact]
    public async Task Every_other_call_is_refused_by_the_kernel()
    {
        RequireX64();
        int[] skipped = [.. ExpectedFilter.FreeX64, .. ExpectedFilter.DeadlyX64, .. ByArguments, .. Unfiltered, ExpectedFilter.Clone3];
        string code = Sandbox.Program("sweep.py").Replace("SKIPPED", $"[{string.Join(',', skipped)}]", StringComparison.Ordinal);

        PythonResult result = await RunAsync(code);

        Assert.Equal(0, result.ReturnCode);
        Assert.Equal("swept\n", result.Stdout);
    }

    [Theory]
    [InlineData(101, "ptrace")]
    [InlineData(165, "mount")]
    [InlineData(272, "unshare")]
    [InlineData(321, "bpf")]
    [InlineData(323, "userfaultfd")]
    [InlineData(425, "io_uring_setup")]
    [InlineData(250, "keyctl")]
    [InlineData(0x40000001, "write of x32")]
    public async Task Call_of_an_exploit_ends_the_process(int number, string name)
    {
        RequireX64();

        PythonResult result = await RunAsync($"import ctypes\nprint('before', flush=True)\nctypes.CDLL(None).syscall({number}, 0, 0, 0, 0, 0, 0)\nprint('{name} came back')");

        Assert.Equal((PythonOutcome.Signaled, 128 + 31, "before\n"), (result.Outcome, result.ReturnCode, result.Stdout));
    }

    [Fact]
    public async Task Clock_of_another_process_is_not_shown()
    {
        string code = $"""
            import time
            for process in (1, {Environment.ProcessId}):
                for kind in (0, 1, 2):
                    for ask in (time.clock_gettime, time.clock_getres):
                        try:
                            print('shown', process, kind, ask(~process << 3 | kind))
                        except PermissionError:
                            pass
            print(time.process_time() > 0, time.thread_time() > 0)
            """;

        PythonResult result = await Sandbox.RunAsync(code, o => o.Allow("time"));

        Assert.Equal("True True\n", result.Stdout);
    }

    [Fact]
    public async Task Crash_is_told_as_its_signal()
    {
        PythonResult result = await RunAsync("import ctypes\nctypes.string_at(0)");

        Assert.Equal((PythonOutcome.Signaled, 128 + 11), (result.Outcome, result.ReturnCode));
    }

    private static void RequireX64() => Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the numbers are those of x86_64");

    private static Task<PythonResult> RunAsync(string code) => Sandbox.RunAsync(code, o =>
    {
        o.Allow("ctypes");
        o.DisabledLayers.Add("audit");
    });
}

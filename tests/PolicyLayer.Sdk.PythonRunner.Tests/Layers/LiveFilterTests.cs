using System.Globalization;
using PolicyLayer.Sdk.Python.Tests.Seccomp;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Layers;

/// <summary>The filter as this kernel really runs it, asked by native code.</summary>
public sealed class LiveFilterTests
{
    private static readonly ExpectedNumbers Numbers = ExpectedNumbers.Here;

    [Fact]
    public async Task Every_other_call_is_refused_by_the_kernel()
    {
        int[] skipped = [.. Numbers.Free, .. Numbers.Deadly, .. Numbers.ByArguments, .. Numbers.Unfiltered, ExpectedFilter.Clone3];
        string code = Sandbox.Program("sweep.py").Replace("SKIPPED", $"[{string.Join(',', skipped)}]", StringComparison.Ordinal);

        PythonResult result = await RunAsync(code);

        Assert.Equal(0, result.ReturnCode);
        Assert.Equal("swept\n", result.Stdout);
    }

    [Fact]
    public async Task Every_call_of_an_exploit_ends_the_process()
    {
        await EachAsync(Numbers.Deadly, async number =>
        {
            PythonResult result = await RunAsync($"import ctypes\nprint('before', flush=True)\nctypes.CDLL(None).syscall({number}, 0, 0, 0, 0, 0, 0)\nprint('came back')");

            return (result.Outcome, result.ReturnCode, result.Stdout) == (PythonOutcome.Signaled, 128 + 31, "before\n");
        });
    }

    [Fact]
    public async Task Every_allowed_call_reaches_the_kernel()
    {
        // Asked for nonsense: the kernel finds fault with it, and not the filter. These do not come back or come back elsewhere.
        int[] leaving = [Numbers.Exit, Numbers.ExitGroup, Numbers.ReturnOfSignal];
        string code = Sandbox.Program("reach.py").Replace("NUMBERS", $"[{string.Join(',', Numbers.Free.Except(leaving))}]", StringComparison.Ordinal);

        PythonResult result = await RunAsync(code);
        PythonResult[] left = [await RunAsync($"import ctypes\nctypes.CDLL(None).syscall({Numbers.Exit}, 7)"), await RunAsync($"import ctypes\nctypes.CDLL(None).syscall({Numbers.ExitGroup}, 8)")];
        PythonResult returned = await RunAsync($"import ctypes\nctypes.CDLL(None).syscall({Numbers.ReturnOfSignal})");

        Assert.Equal("reached\n", result.Stdout);
        Assert.Equal([7, 8], left.Select(one => one.ReturnCode));
        Assert.Equal(128 + 11, returned.ReturnCode);
    }

    [Fact]
    public async Task Calls_that_no_filter_sees_gain_nothing()
    {
        await EachAsync(Numbers.Unfiltered, async number =>
        {
            PythonResult result = await RunAsync($"import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.syscall({number}, 0, 0, 0, 0, 0, 0), ctypes.get_errno(), flush=True)");

            // An older kernel has them refused by the filter; a newer one ends the process (SIGILL) or answers that there is no probe (ENXIO).
            return (result.Stdout, result.ReturnCode) is ("-1 1\n", 0) or ("-1 6\n", 0) or ("", 128 + 4);
        });
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

    /// <summary>A word of the C library is at the same place of the same file for every run, and the kernel's futexes know it by that.</summary>
    [Fact]
    public async Task Run_does_not_wake_what_waits_in_another()
    {
        const int Wait = 0, Wake = 1;
        string code = $"""
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            word = ctypes.cast(libc.getenv, ctypes.c_void_p).value & ~3
            content = ctypes.c_uint.from_address(word).value
            patience = (ctypes.c_long * 2)(10, 0)
            answer = -1
            ctypes.set_errno(0)
            while answer < (1 if OPERATION == {Wake} else 0) and ctypes.get_errno() != 1:
                answer = libc.syscall({Numbers.Futex}, ctypes.c_void_p(word), OPERATION, content if OPERATION == {Wait} else 1, patience, None, 0)
            print(answer)
            """;

        PythonResult[] results = await Task.WhenAll(new[] { Wait, Wake }.Select(
            operation => RunAsync(code.Replace("OPERATION", operation.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))));

        Assert.Equal(["-1\n", "-1\n"], results.Select(result => result.Stdout));
    }

    [Fact]
    public async Task Crash_is_told_as_its_signal()
    {
        PythonResult result = await RunAsync("import ctypes\nctypes.string_at(0)");

        Assert.Equal((PythonOutcome.Signaled, 128 + 11), (result.Outcome, result.ReturnCode));
    }

    private static async Task EachAsync(IEnumerable<int> numbers, Func<int, Task<bool>> isRight)
    {
        var wrong = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            if (!await isRight(number))
            {
                wrong.Add(number);
            }
        });
        Assert.Empty(wrong.Order());
    }

    private static Task<PythonResult> RunAsync(string code) => Sandbox.RunAsync(code, o =>
    {
        o.Allow("ctypes");
        o.DisabledLayers.Add("audit");
    });
}

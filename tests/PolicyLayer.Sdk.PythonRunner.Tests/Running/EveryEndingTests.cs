using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

/// <summary>Every way to end, for an interpreter that waited and for one that was started for the run.</summary>
[Collection(Alone.Name)]
public sealed class EveryEndingTests
{
    public static TheoryData<int, string, PythonOutcome, int> Endings()
    {
        (string Code, PythonOutcome Outcome, int ReturnCode)[] endings =
        [
            ("pass", PythonOutcome.Exited, 0),
            ("raise SystemExit(7)", PythonOutcome.Exited, 7),
            ("1 / 0", PythonOutcome.Exited, 1),
            ("import ctypes\nctypes.string_at(0)", PythonOutcome.Signaled, 128 + 11),
            ("while True: pass", PythonOutcome.Timeout, 128 + 9),
            ("x = []\nwhile True: x.append(bytearray(1 << 20))", PythonOutcome.Memory, 1),
            ("while True: print('x' * 5000)", PythonOutcome.OutputLimit, 128 + 9),
        ];
        var data = new TheoryData<int, string, PythonOutcome, int>();
        foreach (int pool in (int[])[0, 1])
        {
            foreach ((string code, PythonOutcome outcome, int returnCode) in endings)
            {
                data.Add(pool, code, outcome, returnCode);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Ending_is_told_apart_and_what_was_printed_is_kept(int pool, string code, PythonOutcome outcome, int returnCode)
    {
        await using PooledPython python = await PooledPython.WarmAsync(pool, o =>
        {
            o.Allow("ctypes");
            o.DisabledLayers.Add("audit");
            o.MaxStdoutBytes = 20_000;
        });
        IReadOnlyList<int> waiting = python.Processes;

        PythonResult result = await python.RunAsync("print('before', flush=True)\n" + code, outcome == PythonOutcome.Timeout ? TimeSpan.FromMilliseconds(300) : null);

        Assert.Equal((outcome, returnCode, null), (result.Outcome, result.ReturnCode, result.Error));
        Assert.StartsWith("before\n", result.Stdout, StringComparison.Ordinal);
        Assert.Equal(outcome == PythonOutcome.OutputLimit, result.StdoutTruncated);
        Assert.InRange(result.Isolation.Level, IsolationLevel.Kernel, IsolationLevel.Full);
        await ProcessTable.EventuallyAsync(() => !python.Processes.Intersect(waiting).Any(), "a waiting interpreter was not used");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Refused_run_takes_no_interpreter(int pool)
    {
        await using PooledPython python = await PooledPython.WarmAsync(pool);
        IReadOnlyList<int> waiting = python.Processes;

        PythonResult result = await python.RunAsync("print('\0')");

        Assert.Equal((PythonOutcome.Refused, -1, IsolationLevel.None), (result.Outcome, result.ReturnCode, result.Isolation.Level));
        Assert.NotNull(result.Error);
        Assert.Equal(waiting, python.Processes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Machine_that_cannot_isolate_is_unavailable_with_and_without_a_pool(int pool)
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o =>
        {
            o.PoolSize = pool;
            o.DisabledLayers.Add("seccomp");
        });

        Assert.Equal((PythonOutcome.Unavailable, -1, "", IsolationLevel.None), (result.Outcome, result.ReturnCode, result.Stdout, result.Isolation.Level));
        Assert.Contains("`seccomp`", result.Error, StringComparison.Ordinal);
    }
}

using System.Globalization;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Benchmarks.Python;

/// <summary>What the sandbox costs beside the bare interpreter, all in one run: <c>… -- python [--soak RUNS]</c>.</summary>
internal static class PythonFigures
{
    private const int Rounds = 100;

    private static readonly string[] Modules =
    [
        "json", "datetime", "re", "collections", "random", "math", "dataclasses", "decimal", "itertools", "functools", "statistics", "string",
        "enum", "typing", "time", "textwrap",
    ];

    public static async Task PrintAsync(int soak)
    {
        string folder = Directory.CreateTempSubdirectory("python-figures-").FullName;
        try
        {
            string python = Path.Combine(folder, "python3");
            PythonReport report = await ReportAsync();
            File.CreateSymbolicLink(python, report.PythonPath!);
            Say($"Python {report.PythonVersion}, isolation {report.Level}, {Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
            await PrintTimesAsync(python);
            await PrintMemoryAsync(python);
            await PrintParallelAsync(python);
            await PrintSoakAsync(python, soak);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<PythonReport> ReportAsync()
    {
        await using var runner = new PythonRunner();
        PythonReport report = await runner.ReportAsync();
        return report.Error is null ? report : throw new InvalidOperationException(report.Error);
    }

    private static async Task PrintTimesAsync(string python)
    {
        // Taken in turns, so that whatever else the machine does meets all three alike.
        await using PythonRunner cold = Runner(python, 0);
        await using PythonRunner pooled = Runner(python, 1);
        List<double> bareFirst = [], coldFirst = [], coldResult = [], pooledFirst = [], pooledResult = [];
        for (int i = -5; i < Rounds; i++)
        {
            await pooled.WarmUpAsync();
            double bare = await Clock.BareAsync(python);
            (double First, double Result) started = await Clock.RunAsync(cold);
            (double First, double Result) waited = await Clock.RunAsync(pooled);
            if (i >= 0)
            {
                bareFirst.Add(bare);
                coldFirst.Add(started.First);
                coldResult.Add(started.Result);
                pooledFirst.Add(waited.First);
                pooledResult.Add(waited.Result);
            }
        }

        double yardstick = Clock.Median(bareFirst);
        Row("bare python3 -I -S -c, to the first output", bareFirst);
        Row("cold, to the first output", coldFirst);
        Row("cold, to the result", coldResult);
        Row("pooled, 16 modules loaded, to the first output", pooledFirst);
        Row("pooled, 16 modules loaded, to the result", pooledResult);

        void Row(string what, List<double> list) => Say($"{what}: median {Clock.Median(list):0.00} ms, {Clock.Median(list) / yardstick:0.00} times bare");
    }

    private static async Task PrintMemoryAsync(string python)
    {
        await using PythonRunner runner = Runner(python, 1);
        await runner.WarmUpAsync();
        foreach ((string role, double megabytes) in Processes.PrivateMemory(python))
        {
            Say($"private memory of an idle {role}, 16 modules loaded: {megabytes:0.0} MB");
        }
    }

    private static async Task PrintParallelAsync(string python)
    {
        foreach (int pool in (int[])[0, 2])
        {
            await using PythonRunner runner = Runner(python, pool);
            await runner.WarmUpAsync();
            await runner.RunAsync("pass");
            long start = TimeProvider.System.GetTimestamp();
            PythonResult[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => runner.RunAsync(string.Create(CultureInfo.InvariantCulture, $"print({i})"))));
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            int right = results.Where((result, i) => result.Stdout == string.Create(CultureInfo.InvariantCulture, $"{i}\n")).Count();
            Say($"100 runs at once, pool {pool}: {right} right, {100 / seconds:0} a second");
        }
    }

    private static async Task PrintSoakAsync(string python, int runs)
    {
        await using PythonRunner runner = Runner(python, 2);
        await SoakAsync(200);
        (int descriptors, double megabytes) = Processes.Own();
        await SoakAsync(runs);
        (int after, double megabytesAfter) = Processes.Own();
        Say($"after {runs} runs: descriptors {descriptors} before, {after} after; {Processes.Zombies()} zombies; {megabytes:0} MB before, {megabytesAfter:0} MB after");

        async Task SoakAsync(int count)
        {
            for (int i = 0; i < count; i += 10)
            {
                PythonResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => runner.RunAsync("print(1)")));
                if (results.FirstOrDefault(static result => result.Stdout != "1\n") is { } wrong)
                {
                    throw new InvalidOperationException($"{wrong.Outcome}: {wrong.Error}{wrong.Stderr}");
                }
            }
        }
    }

    private static PythonRunner Runner(string python, int pool)
    {
        var options = new PythonRunnerOptions { PythonPath = python, PoolSize = pool };
        foreach (string module in Modules)
        {
            options.AllowedModules.Add(module);
        }

        return new PythonRunner(options);
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

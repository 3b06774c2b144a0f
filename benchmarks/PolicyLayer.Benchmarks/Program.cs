using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PolicyLayer.Benchmarks.Stores;

if (args is ["stores", .. string[] places])
{
    await StoreLatency.RunAsync(places);
    return;
}

// Processes, not calls, so measured by hand.
if (args is ["python", .. string[] rest])
{
    await PolicyLayer.Benchmarks.Python.PythonFigures.PrintAsync(rest is ["--soak", string runs] ? int.Parse(runs, CultureInfo.InvariantCulture) : 1000);
    return;
}

// In this process: the generated projects of the default toolchain do not know every SDK.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.AllocRatio);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PolicyLayer.Benchmarks.Mcp;
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

if (args is ["mcp"])
{
    await McpServerLatency.RunAsync();
    return;
}

if (args is ["proxy"])
{
    await ProxyFigures.PrintAsync();
    return;
}

// What a measurement of processes is measured with.
switch (args)
{
    case [Roles.StdioServer]:
        await StdioPeer.ServeAsync();
        return;
    case [Roles.HttpServer]:
        await WebRoles.ServeAsync();
        return;
    case [Roles.HttpForwarder, string behind]:
        await Forwarder.ServeAsync(behind);
        return;
    case [Roles.HttpProxy, string upstream]:
        await WebRoles.ProxyAsync(upstream);
        return;
}

// In this process: the generated projects of the default toolchain do not know every SDK.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.AllocRatio);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

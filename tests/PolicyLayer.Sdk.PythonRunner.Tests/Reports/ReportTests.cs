using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task Report_and_run_tell_the_same()
    {
        await using PythonRunner runner = Sandbox.Runner();

        PythonReport report = await runner.ReportAsync(TestContext.Current.CancellationToken);
        PythonResult run = await runner.RunAsync("pass", null, TestContext.Current.CancellationToken);

        Assert.Equal((run.Isolation.Level, null), (report.Level, report.Error));
        Assert.Equal(run.Isolation.Layers.Order(), report.Layers.Where(layer => layer.Holds && !layer.Name.StartsWith("landlock_", StringComparison.Ordinal)).Select(layer => layer.Name)
            .Concat(run.Isolation.Layers.Where(name => name.StartsWith("landlock_", StringComparison.Ordinal))).Order());
        Assert.Equal(run.Isolation.Missing.Order(), report.Layers.Where(layer => !layer.Holds).Select(layer => layer.Name).Order());
        Assert.StartsWith("3.", report.PythonVersion, StringComparison.Ordinal);
        Assert.True(File.Exists(report.PythonPath));
    }

    [Theory]
    [InlineData("mount_namespace", IsolationLevel.Kernel, IsolationLevel.Full, "Namespaces need root")]
    [InlineData("cgroup_namespace", IsolationLevel.Full, null, "Namespaces need root")]
    [InlineData("landlock", IsolationLevel.Seccomp, IsolationLevel.Kernel, "Landlock needs Linux 5.13")]
    [InlineData("seccomp", IsolationLevel.None, IsolationLevel.Seccomp, "The kernel must support seccomp filters")]
    [InlineData("deny_write_execute", IsolationLevel.Full, null, "Run on Linux 6.3 or newer")]
    public async Task Missing_layer_has_its_reason_and_its_way_out(string name, IsolationLevel most, IsolationLevel? neededFor, string advice)
    {
        await using PythonRunner runner = Sandbox.Runner(o => o.DisabledLayers.Add(name));

        PythonReport report = await runner.ReportAsync(TestContext.Current.CancellationToken);

        Assert.Null(report.Error);
        Assert.InRange(report.Level, IsolationLevel.None, most);
        PythonLayer layer = Assert.Single(report.Layers, layer => layer.Name == name);
        Assert.Equal((false, "switched off", neededFor), (layer.Holds, layer.Reason, layer.NeededFor));
        Assert.StartsWith(advice, layer.Advice, StringComparison.Ordinal);
        Assert.NotEmpty(layer.Needs);
    }

    [Fact]
    public async Task Report_without_Python_says_how_to_get_one()
    {
        await using PythonRunner runner = Sandbox.Runner(o => o.PythonPath = "/nonexistent/python3");

        PythonReport report = await runner.ReportAsync(TestContext.Current.CancellationToken);

        Assert.Equal((IsolationLevel.None, null), (report.Level, report.PythonPath));
        Assert.Empty(report.Layers);
        Assert.Contains("apt-get install python3", report.Error, StringComparison.Ordinal);
    }
}

using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Layers;

public sealed class MissingLayerTests
{
    [Theory]
    [InlineData("seccomp", IsolationLevel.Kernel)]
    [InlineData("seccomp", IsolationLevel.Seccomp)]
    [InlineData("landlock", IsolationLevel.Kernel)]
    [InlineData("landlock_worker", IsolationLevel.Kernel)]
    [InlineData("limits", IsolationLevel.Seccomp)]
    [InlineData("no_new_privileges", IsolationLevel.Seccomp)]
    [InlineData("capabilities", IsolationLevel.Seccomp)]
    [InlineData("not_dumpable", IsolationLevel.Seccomp)]
    [InlineData("parent_death_signal", IsolationLevel.Seccomp)]
    [InlineData("closed_descriptors", IsolationLevel.Seccomp)]
    public async Task Required_layer_that_is_missing_stops_everything(string layer, IsolationLevel minimum)
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o =>
        {
            o.MinimumIsolation = minimum;
            o.DisabledLayers.Add(layer);
        });

        Assert.Equal((PythonOutcome.Unavailable, -1, ""), (result.Outcome, result.ReturnCode, result.Stdout));
        Assert.Contains($"`{layer}`", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Landlock_the_lowered_level_runs_and_says_so()
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o =>
        {
            o.MinimumIsolation = IsolationLevel.Seccomp;
            o.DisabledLayers.Add("landlock");
        });

        Assert.Equal(("ran\n", IsolationLevel.Seccomp), (result.Stdout, result.Isolation.Level));
        Assert.Contains("landlock", result.Isolation.Missing);
        Assert.DoesNotContain("landlock", result.Isolation.Layers);
    }

    [Fact]
    public async Task Unsandboxed_by_name_runs_and_says_so()
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o => o.Without("seccomp", "landlock"));

        Assert.Equal(("ran\n", IsolationLevel.None), (result.Stdout, result.Isolation.Level));
        Assert.Contains("seccomp", result.Isolation.Missing);
    }

    [Theory]
    [InlineData(IsolationLevel.Seccomp)]
    [InlineData(IsolationLevel.None)]
    public async Task Lower_minimum_still_gives_all_there_is(IsolationLevel minimum)
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o =>
        {
            o.MinimumIsolation = minimum;
            o.AllowUnsandboxedExecution = true;
        });

        Assert.InRange(result.Isolation.Level, IsolationLevel.Kernel, IsolationLevel.Full);
    }

    [Theory]
    [InlineData("pid_namespace")]
    [InlineData("network_namespace")]
    [InlineData("mount_namespace")]
    [InlineData("empty_root")]
    public async Task Without_a_namespace_the_full_level_is_unavailable_and_the_kernel_level_runs(string layer)
    {
        PythonResult full = await RunAsync(IsolationLevel.Full);
        PythonResult kernel = await RunAsync(IsolationLevel.Kernel);

        Assert.Equal((PythonOutcome.Unavailable, ""), (full.Outcome, full.Stdout));
        Assert.Contains("Namespaces need root", full.Error, StringComparison.Ordinal);
        Assert.Equal(("ran\n", IsolationLevel.Kernel), (kernel.Stdout, kernel.Isolation.Level));
        Assert.Contains(layer, kernel.Isolation.Missing);

        Task<PythonResult> RunAsync(IsolationLevel minimum) => Sandbox.RunAsync("print('ran')", o =>
        {
            o.MinimumIsolation = minimum;
            o.DisabledLayers.Add(layer);
        });
    }
}

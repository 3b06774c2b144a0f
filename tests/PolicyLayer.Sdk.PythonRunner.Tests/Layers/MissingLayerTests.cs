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

        Assert.Equal(IsolationLevel.Kernel, result.Isolation.Level);
    }

    [Fact]
    public async Task Level_that_is_not_built_is_unavailable()
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o => o.MinimumIsolation = IsolationLevel.Full);

        Assert.Equal((PythonOutcome.Unavailable, ""), (result.Outcome, result.Stdout));
        Assert.Contains("namespaces", result.Error, StringComparison.Ordinal);
    }
}

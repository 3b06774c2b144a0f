using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.ControlGroups;

[Collection(Alone.Name)]
public sealed class ControlGroupTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Both_processes_are_in_a_group_of_their_own_which_goes_with_them(int pool)
    {
        using var parent = OwnedGroup.Create();
        await using PooledPython python = await PooledPython.WarmAsync(pool, o =>
        {
            o.CgroupParent = parent.Path;
            o.CgroupLimits = []; // the membership alone: not every machine gives its groups controllers
        });
        await python.RunAsync("pass");
        using var cancellation = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<PythonResult> run = python.Runner.RunAsync("while True: pass", new PythonRunOptions { Progress = new Begun(begun) }, cancellation.Token);
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        // The pool starts another in the place of the one that has run: it is in no group yet when it has just been started.
        await ProcessTable.EventuallyAsync(
            () => python.Processes is { Count: >= 2 } started && parent.Children.SelectMany(ProcessesOf).ToHashSet().IsSupersetOf(started), "a process is in no group");

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await python.Runner.DisposeAsync();
        Assert.Empty(parent.Children);
    }

    /// <summary>The processes of a group; none of one that has gone meanwhile.</summary>
    private static IEnumerable<int> ProcessesOf(string group)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(group, "cgroup.procs")).Select(int.Parse);
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Another host with the same number, in another container, may have made it: what runs in there would share our limits, and be killed with ours.</summary>
    [Fact]
    public async Task Group_that_is_there_already_is_not_taken()
    {
        using var parent = OwnedGroup.Create();
        string[] others = [.. Enumerable.Range(1, 300).Select(i => Path.Combine(parent.Path, $"python-{Environment.ProcessId}-{i}"))];
        Array.ForEach(others, path => Directory.CreateDirectory(path));

        PythonResult result = await Sandbox.RunAsync("print(1)", o =>
        {
            o.CgroupParent = parent.Path;
            o.CgroupLimits = [];
        });

        string[] left = [.. parent.Children];
        Array.ForEach(left, Directory.Delete);
        Assert.Equal("1\n", result.Stdout);
        Assert.Equal(others.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Group_has_the_limits_of_the_run()
    {
        using var parent = OwnedGroup.Create("memory", "pids", "cpu");
        await using PooledPython python = await PooledPython.WarmAsync(1, o =>
        {
            o.CgroupParent = parent.Path;
            o.MemoryLimitMegabytes = 100;
        });

        string group = Assert.Single(parent.Children);
        Assert.Equal("138412032\n", await File.ReadAllTextAsync(Path.Combine(group, "memory.max"), TestContext.Current.CancellationToken));
        Assert.Equal("2\n", await File.ReadAllTextAsync(Path.Combine(group, "pids.max"), TestContext.Current.CancellationToken));
        Assert.Equal("100000 100000\n", await File.ReadAllTextAsync(Path.Combine(group, "cpu.max"), TestContext.Current.CancellationToken));
        Assert.Equal("1\n", (await python.RunAsync("print(1)")).Stdout);
    }

    [Fact]
    public async Task Controllers_that_the_parent_does_not_have_stop_the_run()
    {
        using var parent = OwnedGroup.Create();
        string controllers = await File.ReadAllTextAsync(Path.Combine(parent.Path, "cgroup.controllers"), TestContext.Current.CancellationToken);
        Assert.SkipWhen(controllers.Contains("memory", StringComparison.Ordinal), "groups of this machine are given the controllers");

        PythonResult result = await Sandbox.RunAsync("print('ran')", o => o.CgroupParent = parent.Path);

        Assert.Equal((PythonOutcome.Unavailable, -1, ""), (result.Outcome, result.ReturnCode, result.Stdout));
        Assert.Contains("it was not given the controllers memory, pids, cpu", result.Error, StringComparison.Ordinal);
        Assert.Empty(parent.Children);
    }

    [Theory]
    [InlineData("/", 0)]
    [InlineData("/nonexistent/group", 0)]
    [InlineData("/tmp", 2)]
    public async Task Directory_that_is_no_group_stops_the_run(string path, int pool)
    {
        PythonResult result = await Sandbox.RunAsync("print('ran')", o =>
        {
            o.CgroupParent = path;
            o.PoolSize = pool;
        });

        Assert.Equal((PythonOutcome.Unavailable, -1, ""), (result.Outcome, result.ReturnCode, result.Stdout));
        Assert.StartsWith($"The run cannot be put into a group below CgroupParent `{path}`: it is not a directory of cgroup v2.", result.Error, StringComparison.Ordinal);
    }

    private sealed class Begun(TaskCompletionSource begun) : IProgress<PythonRunPhase>
    {
        public void Report(PythonRunPhase value)
        {
            if (value == PythonRunPhase.Running)
            {
                begun.TrySetResult();
            }
        }
    }
}

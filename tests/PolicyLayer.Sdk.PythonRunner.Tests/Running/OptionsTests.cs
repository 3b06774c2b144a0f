namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class OptionsTests
{
    public static TheoryData<Action<PythonRunnerOptions>, string> Mistakes() => new()
    {
        { o => o.PythonPath = " ", "PythonPath" },
        { o => o.PythonPath = null!, "PythonPath" },
        { o => o.PythonPath = "a\0b", "PythonPath" },
        { o => o.DefaultTimeout = TimeSpan.Zero, "DefaultTimeout" },
        { o => o.DefaultTimeout = TimeSpan.FromSeconds(16), "DefaultTimeout" },
        { o => o.MaxTimeout = TimeSpan.FromSeconds(-1), "MaxTimeout" },
        { o => o.MaxTimeout = TimeSpan.FromDays(1), "MaxTimeout" },
        { o => o.MaxCodeBytes = 0, "MaxCodeBytes" },
        { o => o.MemoryLimitMegabytes = 8, "MemoryLimitMegabytes" },
        { o => o.MaxStdoutBytes = 0, "MaxStdoutBytes" },
        { o => o.MaxStdoutBytes = (64 << 20) + 1, "MaxStdoutBytes" },
        { o => o.MaxStderrBytes = int.MaxValue, "MaxStderrBytes" },
        { o => o.PoolSize = -1, "PoolSize must be 0 to 256, not -1" },
        { o => o.PoolMaxAge = TimeSpan.Zero, "PoolMaxAge must be more than zero" },
        { o => o.MaxConcurrentRuns = 0, "MaxConcurrentRuns must be 1 to 1024, not 0" },
        { o => o.MaxQueuedRuns = -1, "MaxQueuedRuns must be 0 to 100000, not -1" },
        { o => o.CgroupParent = "group", "CgroupParent must be the full path of a directory of cgroup v2, not `group`" },
        { o => o.AllowedModules.Add("os; rm"), "AllowedModules" },
        { o => o.AllowedModules.Add("a,b"), "AllowedModules" },
        { o => o.AllowedModules.Add("a\nmemory=1"), "AllowedModules" },
        { o => o.AllowedModules.Add("math\n"), "AllowedModules" },
        { o => o.AllowedModules.Add(null!), "AllowedModules" },
        { o => o.MinimumIsolation = (IsolationLevel)7, "MinimumIsolation" },
        { o => o.MinimumIsolation = IsolationLevel.None, "AllowUnsandboxedExecution" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Mistake_is_named(Action<PythonRunnerOptions> mistake, string name)
    {
        var options = new PythonRunnerOptions();
        mistake(options);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new PythonRunner(options));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new PythonRunnerOptions();

        Assert.Equal(("python3", 10, 15), (options.PythonPath, options.DefaultTimeout.TotalSeconds, options.MaxTimeout.TotalSeconds));
        Assert.Equal((262144, IsolationLevel.Kernel, false), (options.MaxCodeBytes, options.MinimumIsolation, options.AllowUnsandboxedExecution));
        Assert.Empty(options.AllowedModules);
    }
}

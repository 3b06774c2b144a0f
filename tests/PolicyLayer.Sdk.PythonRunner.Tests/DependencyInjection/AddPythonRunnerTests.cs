using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.DependencyInjection;

[Collection(Alone.Name)]
public sealed class AddPythonRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Runner_ends_with_the_host(bool asynchronously)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        var services = new ServiceCollection();
        services.AddPythonRunner(o => o.PythonPath = python).AddPythonRunner(o => o.PoolSize = 1);
        ServiceProvider provider = services.BuildServiceProvider();
        PythonRunner runner = provider.GetRequiredService<PythonRunner>();
        Assert.Same(runner, provider.GetRequiredService<PythonRunner>());
        await runner.WarmUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1\n", (await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken)).Stdout);

        if (asynchronously)
        {
            await provider.DisposeAsync();
        }
        else
        {
            provider.Dispose();
        }

        Assert.Empty(ProcessTable.StartedBy(python));
    }

    [Fact]
    public async Task Every_mistake_is_named_when_the_host_starts()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPythonRunner(o =>
        {
            o.DefaultTimeout = TimeSpan.FromSeconds(20);
            o.MemoryLimitMegabytes = 1;
            o.MaxStdoutBytes = 0;
            o.PoolSize = 1000;
            o.MaxConcurrentRuns = 0;
            o.MinimumIsolation = (IsolationLevel)9;
            o.AllowedModules.Add("no module");
        });
        using IHost host = builder.Build();

        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "PythonRunnerOptions.DefaultTimeout must be more than zero and at most 00:00:15, not 00:00:20.",
                "PythonRunnerOptions.MemoryLimitMegabytes must be 64 to 65536, not 1.",
                "PythonRunnerOptions.MaxStdoutBytes must be 1 to 67108864, not 0.",
                "PythonRunnerOptions.PoolSize must be 0 to 256, not 1000.",
                "PythonRunnerOptions.MaxConcurrentRuns must be 1 to 1024, not 0.",
                "PythonRunnerOptions.AllowedModules holds `no module`, which is not the name of a module such as `math` or `xml.etree`.",
                "PythonRunnerOptions.MinimumIsolation is 9, which is not a level: None, Seccomp, Kernel, Full.",
            ],
            error.Failures);
    }

    [Theory]
    [InlineData("/nonexistent/python3")]
    [InlineData("no-such-python")]
    [InlineData("/etc/passwd")]
    public async Task Interpreter_that_is_not_there_stops_the_start(string path)
    {
        Sandbox.RequireLinux();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPythonRunner(o => o.PythonPath = path);
        using IHost host = builder.Build();

        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"PythonRunnerOptions.PythonPath is `{path}`, and there is no such file that may be executed.", error.Message, StringComparison.Ordinal);
    }
}

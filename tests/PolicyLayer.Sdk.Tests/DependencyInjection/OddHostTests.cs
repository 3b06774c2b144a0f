using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.DependencyInjection;

/// <summary>Hosts whose log or threads are not as others' are.</summary>
public sealed class OddHostTests
{
    private const string Allowing = """{ "version": "1", "default": "allow" }""";

    [Fact]
    public void Log_that_throws_does_not_stop_the_start()
    {
        ToolPolicyBuilder builder = new ServiceCollection().AddToolPolicies(static o => o.AddPolicy(ToolPolicy.Parse(Allowing)));
        builder.Services.AddSingleton<ILogger<ToolGuard>>(new RecordingLogger(throws: true));
        builder.Services.AddSingleton<IConfigureOptions<ModelContextProtocol.Server.McpServerOptions>>(new ConfigureOptions<ModelContextProtocol.Server.McpServerOptions>(null));
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.True(services.GetRequiredService<ToolGuard>().Decide("t").IsAllowed);
    }

    // As in a program with windows: the thread that makes the guard is the one on which the sink goes on.
    [Fact(Timeout = 30_000)]
    public async Task Sink_that_goes_on_in_the_context_of_its_thread_is_waited_for()
    {
        var sink = new RecordingSink { Before = static async _ => await Task.Yield() };
        await using ServiceProvider services = new ServiceCollection()
            .AddToolPolicies(static o => o.AddPolicy(ToolPolicy.Parse(Allowing, "one")).AddPolicy(ToolPolicy.Parse(Allowing, "two")))
            .AddAuditSink(sink).Services.BuildServiceProvider();
        CancellationToken token = TestContext.Current.CancellationToken;
        Task making = Task.Run(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(new BusyContext());
                try
                {
                    Assert.NotNull(services.GetRequiredService<ToolGuard>().ForPolicies(["one"]));
                    Assert.IsType<BusyContext>(SynchronizationContext.Current);
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            },
            token);
        await making.WaitAsync(token);
        Assert.Equal(2, sink.Lines.Count);
    }

    /// <summary>The context of a thread that is busy until the guard is made: it does nothing meanwhile.</summary>
    private sealed class BusyContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}

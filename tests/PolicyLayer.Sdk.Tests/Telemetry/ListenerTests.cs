using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Telemetry;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Telemetry;

/// <summary>Who listens costs a guard little, and decides nothing.</summary>
public sealed class ListenerTests
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Listener_to_metrics_that_throws_decides_nothing()
    {
        int heard = 0;
        using var metrics = new HeardMetrics(() =>
        {
            heard++;
            throw new InvalidOperationException();
        });
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], metrics: metrics.Metrics);
        ToolDecision allowed = guard.Decide("t");
        Assert.True(allowed.IsAllowed);
        Assert.Equal(DecisionReason.LimitExceeded, guard.Decide("t").Reason);
        guard.Complete(allowed, ToolOutcome.NotRun);
        Assert.True(guard.Decide("t").IsAllowed);
        var failing = new FailingStore(static _ => throw new IOException());
        Assert.Equal(DecisionReason.StoreUnavailable, Judging.Guard([Judging.Tools(Limited)], counters: failing, metrics: metrics.Metrics).Decide("t").Reason);

        // Four decisions with their durations, an outcome, a failure.
        Assert.Equal(10, heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Listener_to_spans_that_throws_decides_nothing(bool atTheStart)
    {
        int heard = 0;
        void Throw(Activity span)
        {
            heard++;
            throw new InvalidOperationException();
        }

        using var spans = new HeardSpans(atTheStart ? Throw : null, atTheStart ? null : Throw);
        Activity? seenByStore = null;
        var store = new FailingStore(_ =>
        {
            seenByStore = Activity.Current;
            return new(CounterReservation.Reserved());
        });
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store);
        Assert.True((await guard.AuthorizeAsync(Judging.Call("t"), Cancel)).IsAllowed);
        Assert.Same(spans.Root, Activity.Current);
        Assert.Equal(DecisionReason.DefaultDeny, (await guard.AuthorizeAsync(Judging.Call("other"), Cancel)).Reason);
        Assert.Same(spans.Root, Activity.Current);
        Assert.Equal(atTheStart ? "test" : "authorize t", seenByStore?.OperationName);
        Assert.Equal(2, heard);
    }

    [Fact]
    public void Listener_that_throws_at_the_sight_of_an_instrument_stops_no_guard()
    {
        using var meter = new Meter(ToolPolicyTelemetry.MeterName);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    throw new InvalidOperationException();
                }
            },
        };
        listener.Start();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], metrics: ToolPolicyMetrics.Of(meter));
        Assert.True(guard.Decide("t").IsAllowed);
    }

    // The source is made once, when the first call is judged: thrown there, every call would be an exception from then on.
    [Fact]
    public void Listener_that_throws_at_the_sight_of_a_source_stops_no_guard()
    {
        string name = $"s{Guid.NewGuid():N}";
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == name ? throw new InvalidOperationException() : false };
        ActivitySource.AddActivityListener(listener);
        Assert.Null(DecisionSpan.TryCreateSource(name));
    }

    [Theory]
    [InlineData(0, "policylayer.outcomes")]
    [InlineData(0, "policylayer.decisions")]
    [InlineData(2, "policylayer.decision.duration")]
    public void Clock_is_read_only_for_those_who_want_durations(int reads, string instrument)
    {
        var time = new CountingTime();
        using var metrics = new HeardMetrics(instead: null, instrument);
        Assert.True(Judging.Guard([Judging.Tools("""{ "t": {} }""")], time, metrics: metrics.Metrics).Decide("t").IsAllowed);
        Assert.Equal(reads, time.Reads);
    }

    [Fact]
    public void Host_without_a_factory_and_guard_without_a_host_are_heard_by_the_meters_name()
    {
        string tool = $"t{Guid.NewGuid():N}";
        int heard = 0;
        using MeterListener listener = ByName("policylayer.decisions", tags => heard += tags.Contains(tool) ? 1 : 0);
        ToolPolicy policy = Judging.Tools($$"""{ "{{tool}}": {} }""");
        using ServiceProvider host = new ServiceCollection().AddToolPolicies(o => o.AddPolicy(policy)).Services.BuildServiceProvider();
        host.GetRequiredService<ToolGuard>().Decide(tool);
        ToolGuard.Create(policy).Decide(tool);
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task Grant_that_cannot_be_found_where_there_are_no_services_is_heard()
    {
        var heard = new List<object?>();
        using MeterListener listener = ByName("policylayer.failures", heard.AddRange);
        Assert.Null(await GrantResolvers.FindGrantAsync(new Failing(), default, Cancel));
        Assert.Equal(["grant"], heard);
    }

    /// <summary>Listens as a host does, to what this test does; others do the same at the same time.</summary>
    private static MeterListener ByName(string name, Action<object?[]> hear)
    {
        var here = new AsyncLocal<bool> { Value = true };
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name && instrument.Meter.Name == "PolicyLayer.Sdk")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (here.Value)
            {
                hear([.. tags.ToArray().Select(static tag => tag.Value)]);
            }
        });
        listener.Start();
        return listener;
    }

    private sealed class Failing : IGrantResolver
    {
        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => throw new IOException();
    }

    private sealed class CountingTime : TimeProvider
    {
        public int Reads { get; private set; }

        public override long GetTimestamp()
        {
            Reads++;
            return 0;
        }
    }
}

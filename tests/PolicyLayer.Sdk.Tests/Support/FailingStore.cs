using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A store that does what a test says.</summary>
internal sealed class FailingStore(Func<CancellationToken, ValueTask<ReservationResult>> reserve, Func<ValueTask>? refund = null) : ICounterStore
{
    public ValueTask<ReservationResult> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => reserve(cancellationToken);

    public ValueTask<ReservationResult> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => reserve(cancellationToken);

    public ValueTask RefundAsync(CounterDemand demand, CounterTime stamp, CancellationToken cancellationToken) => refund?.Invoke() ?? default;
}

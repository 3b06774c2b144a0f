namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A store that does what a test says.</summary>
internal sealed class FailingStore(Func<CancellationToken, ValueTask<CounterReservation>> reserve, Func<ValueTask>? refund = null) : ICounterStore
{
    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => reserve(cancellationToken);

    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => reserve(cancellationToken);

    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => refund?.Invoke() ?? default;
}

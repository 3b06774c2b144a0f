using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows of counter stores, compiled here word for word.</summary>
internal static class StoreReadme
{
    public static async Task CheckAsync(ICounterStore store, MovableClock clock, CancellationToken cancellationToken)
    {
        foreach (CounterStoreCheck check in CounterStoreContract.Checks)                                        // or a theory, by check.Name
        {
            await check.RunAsync(new CounterStoreSubject(store, clock, clock.Advance), cancellationToken);      // a clock that stands still until it is moved
        }
    }

    /// <summary>A clock of a test's.</summary>
    internal sealed class MovableClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}

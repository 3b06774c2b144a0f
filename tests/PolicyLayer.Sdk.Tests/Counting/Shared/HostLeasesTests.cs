using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Shared;

/// <summary>Under which names places are held in a store that others share.</summary>
public sealed class HostLeasesTests
{
    private static readonly CounterDemand[] Place = [Demands.Of("c", CounterLimit.Create(LimitAlgorithm.Concurrent, 5))];

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Name_that_is_renewed_in_time_is_kept()
    {
        using HostLeases leases = New(static () => Task.CompletedTask);
        Guid first = await NameAsync(leases);
        for (int i = 0; i < 20; i++)
        {
            _time.Advance(HostLeases.DefaultLength / 4);
        }

        Assert.Equal(first, await NameAsync(leases));
    }

    // The store has forgotten it by then, and its places: were it used again, the end of an old call would free the place of a new one.
    [Fact]
    public async Task Name_that_is_renewed_too_late_takes_no_new_places()
    {
        using HostLeases leases = New(static () => Task.CompletedTask);
        Guid first = await NameAsync(leases);
        _time.Advance(HostLeases.DefaultLength + TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, await NameAsync(leases));
    }

    [Fact]
    public async Task Name_that_is_renewed_again_after_the_store_was_out_takes_no_new_places()
    {
        bool isOut = true;
        using HostLeases leases = New(() => isOut ? Task.FromException(new CounterStoreException()) : Task.CompletedTask);
        Guid first = await NameAsync(leases);
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(HostLeases.DefaultLength / 4);
        }

        isOut = false;
        _time.Advance(HostLeases.DefaultLength / 4);
        Assert.NotEqual(first, await NameAsync(leases));
    }

    // While a machine sleeps the clock that only runs on may stand still, and that of the store does not.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Name_takes_no_new_places_after_the_machine_has_slept(bool isRenewedFirst)
    {
        using HostLeases leases = New(static () => Task.CompletedTask);
        Guid first = await NameAsync(leases);
        _time.SetUtcNow(_time.GetUtcNow() + TimeSpan.FromMinutes(10));
        if (isRenewedFirst)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotEqual(first, await NameAsync(leases));
    }

    private static async Task<Guid> NameAsync(HostLeases leases) =>
        (await leases.ReserveAsync(Place, static name => Task.FromResult(CounterReservation.Reserved(name)))).Id;

    private HostLeases New(Func<Task> renew) => new(_time, HostLeases.DefaultLength, _ => renew());
}

using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>The store in memory keeps the contract, and each way to break it is found by a check of its name.</summary>
public sealed class CounterStoreContractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. CounterStoreContract.Checks.Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Store_in_memory_keeps_it(string check)
    {
        var clock = new ManualTimeProvider();
        return CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(new MemoryCounterStore(clock), clock, clock.Advance), Token);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_whose_clock_nobody_sets_keeps_it(string check)
    {
        CounterStoreCheck found = CounterStoreContract.Find(check);
        var subject = new CounterStoreSubject(new MemoryCounterStore(TimeProvider.System));
        if (found.NeedsClock)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => found.RunAsync(subject, Token));
        }
        else
        {
            await found.RunAsync(subject, Token);
        }
    }

    [Theory]
    [InlineData("admits one more", "admits_exactly_the_maximum")]
    [InlineData("admits one more", "fixed_agrees_with_the_model")]
    [InlineData("admits one more", "token_bucket_agrees_with_the_model")]
    [InlineData("admits one more", "concurrent_agrees_with_the_model")]
    [InlineData("admits one more", "running_calls_never_exceed_the_maximum")]
    [InlineData("admits one more", "sliding_errs_towards_denial")]
    [InlineData("forgets too early", "sliding_agrees_with_the_model")]
    [InlineData("forgets too early", "mixed_agrees_with_the_model")]
    [InlineData("says too early", "sliding_agrees_with_the_model")]
    [InlineData("counts in floating point", "amounts_are_exact")]
    [InlineData("joins keys", "keys_are_kept_apart")]
    [InlineData("ignores case", "keys_are_kept_apart")]
    [InlineData("forgets refunds", "running_calls_never_exceed_the_maximum")]
    [InlineData("forgets refunds", "sliding_agrees_with_the_model")]
    [InlineData("refunds to now", "refund_goes_to_the_charged_window")]
    [InlineData("refunds to now", "late_refund_fills_no_bucket_twice")]
    [InlineData("forgets refunds", "late_refund_fills_no_bucket_twice")]
    [InlineData("follows refunds", "refund_says_what_was_charged")]
    [InlineData("peek charges", "peek_charges_nothing")]
    [InlineData("ignores cancellation", "cancelled_call_ends")]
    [InlineData("reserves a part", "refusal_charges_nothing")]
    [InlineData("adds, then takes back", "greedy_call_shuts_nobody_out")]
    [InlineData("looks, then adds", "admits_exactly_the_maximum")]
    [InlineData("refuses when busy", "opposite_orders_end")]
    [InlineData("looks, then adds", "concurrent_history_keeps_every_span")]
    [InlineData("refuses when busy", "concurrent_history_keeps_every_span")]
    [InlineData("forgets too early", "concurrent_history_keeps_every_span")]
    [InlineData("forgets refunds", "concurrent_history_keeps_every_span")]
    [InlineData("is seen in part", "reservation_is_seen_whole")]
    [InlineData("has months of 30 days", "fixed_follows_the_calendar")]
    [InlineData("has weeks from Thursday", "fixed_follows_the_calendar")]
    public async Task Broken_store_fails_a_check(string fault, string check)
    {
        var clock = new ManualTimeProvider();
        var subject = new CounterStoreSubject(BrokenStore.Create(fault, clock), clock, clock.Advance);
        await Assert.ThrowsAsync<StoreContractException>(() => CounterStoreContract.Find(check).RunAsync(subject, Token));
    }

    [Fact]
    public void Check_that_does_not_exist_is_told() =>
        Assert.Contains("`other`", Assert.Throws<ArgumentException>(() => CounterStoreContract.Find("other")).Message, StringComparison.Ordinal);
}

using PolicyLayer.Sdk.Testing.Checks;

namespace PolicyLayer.Sdk.Testing;

/// <summary>What every counter store promises (policy format, section 5), as checks for any test framework.</summary>
public static class CounterStoreContract
{
    /// <summary>All checks. They may run at once, and on one store.</summary>
    public static IReadOnlyList<CounterStoreCheck> Checks { get; } =
    [
        new("sliding_agrees_with_the_model", static (subject, token) => ModelCheck.RunAsync(subject, [LimitAlgorithm.Sliding], token)),
        new("fixed_agrees_with_the_model", static (subject, token) => ModelCheck.RunAsync(subject, [LimitAlgorithm.Fixed], token)),
        new("token_bucket_agrees_with_the_model", static (subject, token) => ModelCheck.RunAsync(subject, [LimitAlgorithm.TokenBucket], token)),
        new("concurrent_agrees_with_the_model", static (subject, token) => ModelCheck.RunAsync(subject, [LimitAlgorithm.Concurrent], token)),
        new("mixed_agrees_with_the_model", static (subject, token) => ModelCheck.RunAsync(subject, Enum.GetValues<LimitAlgorithm>(), token)),
        new("fixed_follows_the_calendar", CalendarCheck.RunAsync, needsClock: true),
        new("sliding_errs_towards_denial", SliceCheck.RunAsync, needsClock: true),
        new("refund_goes_to_the_charged_window", RefundCheck.RunAsync, needsClock: true),
        new("late_refund_fills_no_bucket_twice", BucketRefundCheck.RunAsync, needsClock: true),
        new("refund_says_what_was_charged", ReloadCheck.RunAsync, needsClock: true),
        new("admits_exactly_the_maximum", ConcurrencyChecks.AdmitsExactlyTheMaximumAsync),
        new("running_calls_never_exceed_the_maximum", ConcurrencyChecks.RunningCallsNeverExceedTheMaximumAsync),
        new("concurrent_history_keeps_every_span", HistoryChecks.SpansAreKeptAsync, needsClock: true),
        new("reservation_is_seen_whole", HistoryChecks.ReservationIsSeenWholeAsync),
        new("opposite_orders_end", ConcurrencyChecks.OppositeOrdersEndAsync),
        new("greedy_call_shuts_nobody_out", ConcurrencyChecks.GreedyCallShutsNobodyOutAsync),
        new("refusal_charges_nothing", ChargeChecks.RefusalChargesNothingAsync),
        new("peek_charges_nothing", ChargeChecks.PeekChargesNothingAsync),
        new("amounts_are_exact", ChargeChecks.AmountsAreExactAsync),
        new("keys_are_kept_apart", ChargeChecks.KeysAreKeptApartAsync),
        new("cancelled_call_ends", ChargeChecks.CancelledCallEndsAsync),
    ];

    /// <summary>The check of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static CounterStoreCheck Find(string name) =>
        Checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException($"there is no check `{name}`", nameof(name));
}

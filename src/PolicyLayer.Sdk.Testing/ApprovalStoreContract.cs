using PolicyLayer.Sdk.Testing.Checks;

namespace PolicyLayer.Sdk.Testing;

/// <summary>What every store of approvals promises, as checks for any test framework.</summary>
public static class ApprovalStoreContract
{
    /// <summary>All checks. They may run one after the other on one store.</summary>
    public static IReadOnlyList<ApprovalStoreCheck> Checks { get; } =
    [
        new("call_that_comes_again_waits_once", ApprovalChecks.CallThatComesAgainWaitsOnceAsync),
        new("what_was_asked_comes_back_whole", ApprovalChecks.WhatWasAskedComesBackWholeAsync),
        new("approval_is_used_once", ApprovalChecks.ApprovalIsUsedOnceAsync),
        new("one_of_many_callers_uses_it", ApprovalRaceChecks.OneOfManyCallersUsesItAsync),
        new("callers_at_once_wait_as_one", ApprovalRaceChecks.CallersAtOnceWaitAsOneAsync),
        new("one_of_two_answers_counts", ApprovalRaceChecks.OneOfTwoAnswersCountsAsync),
        new("denial_is_final", ApprovalChecks.DenialIsFinalAsync),
        new("approval_can_be_taken_back_until_it_is_used", ApprovalChecks.ApprovalCanBeTakenBackAsync),
        new("unknown_name_is_null", ApprovalChecks.UnknownNameIsNullAsync),
        new("list_has_the_first_first", ApprovalChecks.ListHasTheFirstFirstAsync, needsClock: true),
        new("what_has_expired_is_gone", ApprovalExpiryChecks.WhatHasExpiredIsGoneAsync, needsClock: true),
        new("approval_has_its_lifetime_once_more", ApprovalExpiryChecks.ApprovalHasItsLifetimeOnceMoreAsync, needsClock: true),
        new("keeps_a_thousand_and_no_more", ApprovalBoundChecks.KeepsAThousandAndNoMoreAsync, needsClock: true),
        new("one_grant_leaves_room_for_others", ApprovalBoundChecks.OneGrantLeavesRoomForOthersAsync),
        new("cancelled_question_ends", ApprovalChecks.CancelledQuestionEndsAsync),
    ];

    /// <summary>The check of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ApprovalStoreCheck Find(string name) =>
        Checks.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException($"there is no check `{name}`", nameof(name));
}

using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>The store in memory keeps the contract, and each way to break it is found by a check of its name.</summary>
public sealed class ApprovalStoreContractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. ApprovalStoreContract.Checks.Select(static check => check.Name)];

    /// <summary>Faults that one check finds, and no other.</summary>
    public static TheoryData<string, string> Faults() => new()
    {
        { "believes the caller", "call_that_comes_again_waits_once" },
        { "lets wait a tick longer", "call_that_comes_again_waits_once" },
        { "finds no empty text", "what_was_asked_comes_back_whole" },
        { "lists no empty text", "what_was_asked_comes_back_whole" },
        { "answers with no empty text", "what_was_asked_comes_back_whole" },
        { "uses with no empty text", "what_was_asked_comes_back_whole" },
        { "takes null for empty", "what_was_asked_comes_back_whole" },
        { "approves what is used", "approval_is_used_once" },
        { "names others after a use as they come", "one_of_many_callers_uses_it" },
        { "looks, then adds", "callers_at_once_wait_as_one" },
        { "looks, then answers", "one_of_two_answers_counts" },
        { "approves what is denied", "denial_is_final" },
        { "tells a denial once", "denial_is_final" },
        { "keeps who approved", "approval_can_be_taken_back_until_it_is_used" },
        { "finds by pattern", "unknown_name_is_null" },
        { "finds by the beginning", "unknown_name_is_null" },
        { "answers by pattern", "unknown_name_is_null" },
        { "lists the last first", "list_has_the_first_first" },
        { "lists by what came last", "list_has_the_first_first" },
        { "finds the expired", "what_has_expired_is_gone" },
        { "answers the expired", "what_has_expired_is_gone" },
        { "lists the expired", "what_has_expired_is_gone" },
        { "gives an approval what is left", "approval_has_its_lifetime_once_more" },
        { "keeps one fewer", "keeps_a_thousand_and_no_more" },
        { "counts what is denied", "one_grant_leaves_room_for_others" },
        { "ignores cancellation", "cancelled_question_ends" },
        { "keeps what was cancelled", "cancelled_question_ends" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public Task Store_in_memory_keeps_it(string check)
    {
        var clock = new ManualTimeProvider();
        return ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(new MemoryApprovalStore(clock), clock, clock.Advance), Token);
    }

    [Fact]
    public async Task One_store_keeps_all_of_it_one_after_the_other_and_again()
    {
        var clock = new ManualTimeProvider();
        var subject = new ApprovalStoreSubject(new MemoryApprovalStore(clock), clock, clock.Advance);
        foreach (ApprovalStoreCheck check in ApprovalStoreContract.Checks.Concat(ApprovalStoreContract.Checks))
        {
            await check.RunAsync(subject, Token);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_whose_clock_nobody_sets_keeps_it(string check)
    {
        ApprovalStoreCheck found = ApprovalStoreContract.Find(check);
        var subject = new ApprovalStoreSubject(new MemoryApprovalStore(TimeProvider.System));
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
    [MemberData(nameof(Faults))]
    public async Task Broken_store_fails_one_check_and_no_other(string fault, string check)
    {
        var failed = new List<string>();
        foreach (ApprovalStoreCheck one in ApprovalStoreContract.Checks)
        {
            try
            {
                await RunAsync(fault, one);
            }
            catch (StoreContractException)
            {
                failed.Add(one.Name);
            }
        }

        Assert.Equal([check], failed);
    }

    // What is broken there is seen from elsewhere too, or sometimes.
    [Theory]
    [InlineData("asks about the same call again", "call_that_comes_again_waits_once")]
    [InlineData("takes all calls for one", "call_that_comes_again_waits_once")]
    [InlineData("asks about the same call again", "callers_at_once_wait_as_one")]
    [InlineData("uses twice", "approval_is_used_once")]
    [InlineData("denies what is used", "approval_is_used_once")]
    [InlineData("looks, then uses", "one_of_many_callers_uses_it")]
    [InlineData("keeps an approval", "approval_can_be_taken_back_until_it_is_used")]
    [InlineData("keeps without end", "one_grant_leaves_room_for_others")]
    [InlineData("expires a moment late", "what_has_expired_is_gone")]
    [InlineData("expires a moment late", "approval_has_its_lifetime_once_more")]
    [InlineData("expires a moment late", "keeps_a_thousand_and_no_more")]
    [InlineData("keeps without end", "keeps_a_thousand_and_no_more")]
    [InlineData("knows nobody when it is full", "keeps_a_thousand_and_no_more")]
    [InlineData("knows nobody when it is full", "one_grant_leaves_room_for_others")]
    public async Task Broken_store_fails_a_check(string fault, string check) =>
        await Assert.ThrowsAsync<StoreContractException>(() => RunAsync(fault, ApprovalStoreContract.Find(check)));

    [Fact]
    public void Each_check_has_a_fault_that_it_alone_finds() =>
        Assert.Equal(ApprovalStoreContract.Checks.Select(static check => check.Name), Faults().Select(static fault => fault.Data.Item2).Distinct());

    [Fact]
    public void Check_that_does_not_exist_is_told() =>
        Assert.Contains("`other`", Assert.Throws<ArgumentException>(() => ApprovalStoreContract.Find("other")).Message, StringComparison.Ordinal);

    private static Task RunAsync(string fault, ApprovalStoreCheck check)
    {
        var clock = new ManualTimeProvider();
        return check.RunAsync(new ApprovalStoreSubject(ApprovalFaults.Create(fault, clock), clock, clock.Advance), Token);
    }
}

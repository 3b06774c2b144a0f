namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>One caller and one person, one after the other.</summary>
internal static class ApprovalChecks
{
    public static async Task CallThatComesAgainWaitsOnceAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = AskedCalls.New();
        StoredApproval first = await subject.Store.AskAsync(asked with { Status = ApprovalStatus.Approved, AnsweredBy = "the caller" }, cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Pending, asked.Id, null, null), (first.Status, first.Id, first.AnsweredBy, first.AnsweredAt), "a call that comes for the first time");
        Expect.Equal(asked.Lifetime, first.ExpiresAt - first.AskedAt, "how long it may wait");
        StoredApproval again = await subject.Store.AskAsync(asked.Again(), cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Pending, asked.Id), (again.Status, again.Id), "the same call again");
        StoredApproval other = await subject.Store.AskAsync(AskedCalls.New(), cancellationToken).ConfigureAwait(false);
        Expect.That(other.Id != asked.Id, "another call must not meet the first");
    }

    public static async Task WhatWasAskedComesBackWholeAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = AskedCalls.New() with
        {
            Tool = "p\u00e4y \ud83d\ude00 '\"\\;--",
            Arguments = """{"a":"\u0000 %s {0}","b":[1e400,-0.10],"c":{}}""" + "\n\u2028",
            Grant = "g:{1}",
            GrantLabel = string.Empty,
            User = "u'\t",
            Session = null,
            Rules = ["/a", "/b~1c"],
            Reasons = ["one, two", string.Empty, "three\nfour"],
            Lifetime = TimeSpan.FromDays(366),
        };
        await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        StoredApproval? found = await subject.Store.FindAsync(asked.Id, cancellationToken).ConfigureAwait(false);
        Expect.Equal(asked.Kept(), found?.Kept(), "what was asked, as it is found");
        IReadOnlyList<StoredApproval> all = await subject.Store.ListAsync(cancellationToken).ConfigureAwait(false);
        Expect.Equal(asked.Kept(), all.SingleOrDefault(listed => listed.Id == asked.Id)?.Kept(), "what was asked, as it is listed");
        StoredApproval? answered = await subject.Store.AnswerAsync(asked.Id, isApproved: true, "\u00e4nn '\"", cancellationToken).ConfigureAwait(false);
        Expect.Equal((asked.Kept(), "\u00e4nn '\""), (answered?.Kept(), answered?.AnsweredBy), "what was asked, as it is answered");
        StoredApproval used = await subject.Store.AskAsync(asked.Again(), cancellationToken).ConfigureAwait(false);
        Expect.Equal((asked.Kept(), "\u00e4nn '\"", true), (used.Kept(), used.AnsweredBy, used.AnsweredAt is not null), "what was asked, as it is used");
    }

    public static async Task ApprovalIsUsedOnceAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = AskedCalls.New();
        await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        await AnswersAsync(subject, asked.Id, isApproved: true, ApprovalStatus.Approved, "an approval", cancellationToken).ConfigureAwait(false);
        StoredApproval used = await subject.Store.AskAsync(asked.Again(), cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Approved, asked.Id), (used.Status, used.Id), "the call, once it is approved");
        Expect.Equal(ApprovalStatus.Used, (await subject.Store.FindAsync(asked.Id, cancellationToken).ConfigureAwait(false))?.Status, "an approval that a call has had");
        await AnswersAsync(subject, asked.Id, isApproved: true, ApprovalStatus.Used, "an approval of what is used", cancellationToken).ConfigureAwait(false);
        await AnswersAsync(subject, asked.Id, isApproved: false, ApprovalStatus.Used, "a denial of what is used", cancellationToken).ConfigureAwait(false);
        StoredApproval next = asked.Again();
        StoredApproval again = await subject.Store.AskAsync(next, cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Pending, next.Id), (again.Status, again.Id), "the call once more");
    }

    public static async Task DenialIsFinalAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = AskedCalls.New();
        await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        await AnswersAsync(subject, asked.Id, isApproved: false, ApprovalStatus.Denied, "a denial", cancellationToken).ConfigureAwait(false);
        await AnswersAsync(subject, asked.Id, isApproved: true, ApprovalStatus.Denied, "an approval after a denial", cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < 2; i++)
        {
            StoredApproval again = await subject.Store.AskAsync(asked.Again(), cancellationToken).ConfigureAwait(false);
            Expect.Equal((ApprovalStatus.Denied, asked.Id), (again.Status, again.Id), "the call, once it is denied");
        }
    }

    public static async Task ApprovalCanBeTakenBackAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = AskedCalls.New();
        await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        await subject.Store.AnswerAsync(asked.Id, isApproved: true, "one", cancellationToken).ConfigureAwait(false);
        StoredApproval? denied = await subject.Store.AnswerAsync(asked.Id, isApproved: false, null, cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Denied, null), (denied?.Status, denied?.AnsweredBy), "an approval that is taken back");
        Expect.Equal(ApprovalStatus.Denied, (await subject.Store.AskAsync(asked.Again(), cancellationToken).ConfigureAwait(false)).Status, "the call, once its approval was taken back");
    }

    public static async Task UnknownNameIsNullAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval asked = await subject.Store.AskAsync(AskedCalls.New(), cancellationToken).ConfigureAwait(false);
        foreach (string id in new[] { Guid.NewGuid().ToString("N"), string.Empty, "'; --", "*", "%", asked.Id[..^1], asked.Id + " ", asked.Fingerprint })
        {
            Expect.That(await subject.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is null, "what nobody has asked must not be found");
            Expect.That(await subject.Store.AnswerAsync(id, isApproved: true, null, cancellationToken).ConfigureAwait(false) is null, "what nobody has asked must not be answered");
        }

        Expect.Equal(ApprovalStatus.Pending, (await subject.Store.FindAsync(asked.Id, cancellationToken).ConfigureAwait(false))?.Status, "what was asked, once others were answered");
    }

    public static async Task ListHasTheFirstFirstAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval[] asked = [.. Enumerable.Range(0, 5).Select(static _ => AskedCalls.New())];
        foreach (StoredApproval one in asked)
        {
            await subject.Store.AskAsync(one, cancellationToken).ConfigureAwait(false);
            subject.Advance!(TimeSpan.FromSeconds(1));
        }

        // Whoever is answered does not change places.
        await subject.Store.AnswerAsync(asked[0].Id, isApproved: true, null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StoredApproval> all = await subject.Store.ListAsync(cancellationToken).ConfigureAwait(false);
        Expect.Equal(
            string.Join(' ', asked.Select(static one => one.Id)),
            string.Join(' ', all.Select(static one => one.Id).Where(id => asked.Any(one => one.Id == id))),
            "the list, from the first that was asked to the last");
    }

    public static async Task CancelledQuestionEndsAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var gone = new CancellationToken(canceled: true);
        StoredApproval asked = AskedCalls.New();
        try
        {
            await subject.Store.AskAsync(asked, gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Expect.That(await subject.Store.FindAsync(asked.Id, cancellationToken).ConfigureAwait(false) is null, "a question that was cancelled before it was asked must not be kept");
            return;
        }

        throw new StoreContractException("a question that was cancelled before it was asked must end with its cancellation");
    }

    private static async Task AnswersAsync(ApprovalStoreSubject subject, string id, bool isApproved, ApprovalStatus expected, string what, CancellationToken cancellationToken) =>
        Expect.Equal(expected, (await subject.Store.AnswerAsync(id, isApproved, null, cancellationToken).ConfigureAwait(false))?.Status, what);
}

namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Many callers and people at once.</summary>
internal static class ApprovalRaceChecks
{
    private const int Callers = 8;
    private const int Rounds = 10;

    public static async Task OneOfManyCallersUsesItAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            StoredApproval asked = AskedCalls.New();
            await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
            await subject.Store.AnswerAsync(asked.Id, isApproved: true, null, cancellationToken).ConfigureAwait(false);
            StoredApproval[] answers = await TogetherAsync(_ => subject.Store.AskAsync(asked.Again(), cancellationToken)).ConfigureAwait(false);
            Expect.Equal(1, answers.Count(static answer => answer.Status == ApprovalStatus.Approved), "calls that one approval lets run");
            Expect.Equal(1, answers.Where(static answer => answer.Status == ApprovalStatus.Pending).Select(static answer => answer.Id).Distinct().Count(), "names under which the others wait");
        }
    }

    public static async Task CallersAtOnceWaitAsOneAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            StoredApproval asked = AskedCalls.New();
            StoredApproval[] answers = await TogetherAsync(_ => subject.Store.AskAsync(asked.Again(), cancellationToken)).ConfigureAwait(false);
            Expect.Equal(1, answers.Select(static answer => answer.Id).Distinct().Count(), "names under which one call waits that came many times at once");
            IReadOnlyList<StoredApproval> all = await subject.Store.ListAsync(cancellationToken).ConfigureAwait(false);
            Expect.Equal(1, all.Count(listed => listed.Fingerprint == asked.Fingerprint), "how often it is listed");
        }
    }

    public static async Task OneOfTwoAnswersCountsAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            StoredApproval asked = AskedCalls.New();
            await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
            StoredApproval?[] answers = await TogetherAsync(i => i < Callers / 2
                ? subject.Store.AnswerAsync(asked.Id, isApproved: i % 2 == 0, null, cancellationToken)
                : AsAnswerAsync(subject.Store.AskAsync(asked.Again(), cancellationToken))).ConfigureAwait(false);
            StoredApproval? now = await subject.Store.FindAsync(asked.Id, cancellationToken).ConfigureAwait(false);

            // Two of those who answer deny: they come before a call that uses it, or too late.
            bool isDenied = answers.Take(Callers / 2).Any(static answer => answer?.Status == ApprovalStatus.Denied);
            int used = answers.Skip(Callers / 2).Count(static answer => answer?.Status == ApprovalStatus.Approved);
            Expect.Equal(
                isDenied ? (0, ApprovalStatus.Denied) : (1, ApprovalStatus.Used),
                (used, now?.Status),
                $"how many calls have run, and what is kept, when {(isDenied ? "a person" : "nobody")} was told that the call is denied");
        }
    }

    private static async ValueTask<StoredApproval?> AsAnswerAsync(ValueTask<StoredApproval> asking) => await asking.ConfigureAwait(false);

    private static Task<T[]> TogetherAsync<T>(Func<int, ValueTask<T>> ask) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => ask(i).AsTask())));
}

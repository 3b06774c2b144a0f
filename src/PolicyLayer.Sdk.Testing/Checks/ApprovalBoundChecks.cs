namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Callers that make up calls without end.</summary>
internal static class ApprovalBoundChecks
{
    private const int Most = 1_000;
    private const int MostWaiting = 100;

    public static async Task KeepsAThousandAndNoMoreAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        // What others have left there has expired by then.
        subject.Advance!(TimeSpan.FromDays(1000));
        StoredApproval first = AskedCalls.New();
        await KeptAsync(subject, first, "the first call", cancellationToken).ConfigureAwait(false);
        for (int i = 2; i <= Most; i++)
        {
            await KeptAsync(subject, AskedCalls.New(), FormattableString.Invariant($"call {i} of {Most}"), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await subject.Store.AskAsync(AskedCalls.New(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoredApproval again = await KeptAsync(subject, first.Again(), "a call that waits already, where no other has room", cancellationToken).ConfigureAwait(false);
            Expect.Equal(first.Id, again.Id, "a call that waits already, where no other has room");
            subject.Advance(AskedCalls.Lifetime);
            await KeptAsync(subject, AskedCalls.New(), "a call, once the others have expired", cancellationToken).ConfigureAwait(false);
            return;
        }

        throw new StoreContractException($"a store that holds {Most} must refuse one more");
    }

    public static async Task OneGrantLeavesRoomForOthersAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval first = AskedCalls.New();
        await KeptAsync(subject, first, "the first call", cancellationToken).ConfigureAwait(false);
        for (int i = 2; i <= MostWaiting; i++)
        {
            await KeptAsync(subject, AskedCalls.New() with { Grant = first.Grant }, FormattableString.Invariant($"call {i} of {MostWaiting} of one grant"), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await subject.Store.AskAsync(AskedCalls.New() with { Grant = first.Grant }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await KeptAsync(subject, AskedCalls.New(), "a call of another grant", cancellationToken).ConfigureAwait(false);
            await subject.Store.AnswerAsync(first.Id, isApproved: false, null, cancellationToken).ConfigureAwait(false);
            await KeptAsync(subject, AskedCalls.New() with { Grant = first.Grant }, "a call, once another of its grant was denied", cancellationToken).ConfigureAwait(false);
            return;
        }

        throw new StoreContractException($"where {MostWaiting} calls of a grant wait, one more must be refused");
    }

    private static async Task<StoredApproval> KeptAsync(ApprovalStoreSubject subject, StoredApproval asked, string what, CancellationToken cancellationToken)
    {
        try
        {
            StoredApproval kept = await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
            Expect.Equal(ApprovalStatus.Pending, kept.Status, what);
            return kept;
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreContractException))
        {
            throw new StoreContractException($"{what}: must be kept, and was refused", e);
        }
    }
}

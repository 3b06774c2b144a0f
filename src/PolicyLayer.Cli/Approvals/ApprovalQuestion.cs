using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>Asks a store of approvals and holds it to its time.</summary>
/// <param name="state">Which.</param>
/// <param name="time">The clock.</param>
internal sealed class ApprovalQuestion(StateStore state, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="UsageException">The store cannot be opened, does not answer in time, or refuses. Nothing of where it is stands in it.</exception>
    public async Task<T> AskAsync<T>(Func<IApprovalStore, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        CancellationToken token = either.Token;
        Task closed = Task.CompletedTask;
        try
        {
            // A store that looks at no token is left behind.
            T answer = await Task.Run(() => OpenAndAskAsync(ask, closing => closed = closing, token), CancellationToken.None).WaitAsync(token).ConfigureAwait(false);
            await closed.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return answer;
        }
        catch (Exception e) when (e is not UsageException)
        {
            // A driver that is stopped may say something else of it.
            cancellationToken.ThrowIfCancellationRequested();
            throw new UsageException($"--state `{state.Kind}`: " + (late.IsCancellationRequested
                ? "the store did not answer within 10 seconds; see that it is up and can be reached"
                : e is CounterStoreException ? e.Message : "the store of approvals cannot be used"));
        }
    }

    /// <param name="ask">What is asked.</param>
    /// <param name="onClosing">Hears of the closing, which must not hold up what was answered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<T> OpenAndAskAsync<T>(Func<IApprovalStore, CancellationToken, ValueTask<T>> ask, Action<Task> onClosing, CancellationToken cancellationToken)
    {
        IApprovalStore store = state.OpenApprovals();
        try
        {
            return await ask(store, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            onClosing(Task.Run(() => (store as IDisposable)?.Dispose(), CancellationToken.None));
        }
    }
}

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>What somebody waits for.</summary>
/// <typeparam name="TTransaction">What answers.</typeparam>
internal abstract class Question<TTransaction>(CancellationToken cancellationToken)
{
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether the transaction did what was asked, so that there is an answer once it is written.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Asks; what goes wrong for this one alone is its answer at once.</summary>
    public void Ask(TTransaction transaction)
    {
        try
        {
            AskCore(transaction);
            IsAsked = true;
        }
        catch (CounterStoreException e)
        {
            Fail(e);
        }
    }

    /// <summary>What was asked is written.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception exception);

    protected abstract void AskCore(TTransaction transaction);
}

/// <summary>A question of one kind.</summary>
internal sealed class Question<TTransaction, T>(Func<TTransaction, T> ask, CancellationToken cancellationToken) : Question<TTransaction>(cancellationToken)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Task => _done.Task;

    public override void Answer() => _done.TrySetResult(_answer!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);

    protected override void AskCore(TTransaction transaction) => _answer = ask(transaction);
}

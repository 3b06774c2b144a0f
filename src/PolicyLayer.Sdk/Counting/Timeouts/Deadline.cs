namespace PolicyLayer.Sdk.Counting.Timeouts;

/// <summary>The end of one question's time, or of the caller's patience, whichever comes first.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timer = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
        Token = _either.Token;
        Token.UnsafeRegister(static passed => ((TaskCompletionSource)passed!).TrySetResult(), _passed);
    }

    /// <summary>For whoever is asked.</summary>
    public CancellationToken Token { get; }

    /// <summary>Ends with the time, and never fails.</summary>
    public Task Passed => _passed.Task;

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>A lock that is held for some dozens of instructions: one atomic operation to take it, one write to leave it, and whoever waits looks again soon.</summary>
/// <remarks>A <see cref="SpinLock"/> does the same for a little more, a few hundredths of a reservation. Not to be copied, nor taken twice by one thread.</remarks>
internal struct BriefLock
{
    private int _held;

    public void Enter()
    {
        if (Interlocked.CompareExchange(ref _held, 1, 0) != 0)
        {
            Wait();
        }
    }

    public void Exit() => Volatile.Write(ref _held, 0);

    private void Wait()
    {
        var spinner = default(SpinWait);
        do
        {
            spinner.SpinOnce();
        }
        while (Volatile.Read(ref _held) != 0 || Interlocked.CompareExchange(ref _held, 1, 0) != 0);
    }
}

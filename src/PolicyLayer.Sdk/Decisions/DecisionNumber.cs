namespace PolicyLayer.Sdk.Decisions;

/// <summary>Numbers decisions: none twice in a process.</summary>
/// <remarks>A thread takes many numbers at once, for a counter that all threads share makes each wait for the others. So they come in no order, and some are never used.</remarks>
internal static class DecisionNumber
{
    private const int Block = 256;

    private static long Taken;

    [ThreadStatic]
    private static long NextOfThread;

    public static long Next()
    {
        long number = NextOfThread;
        if (number % Block == 0)
        {
            number = Interlocked.Add(ref Taken, Block) - Block + 1;
        }

        NextOfThread = number + 1;
        return number;
    }
}

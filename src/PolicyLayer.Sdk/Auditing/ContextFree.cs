namespace PolicyLayer.Sdk.Auditing;

/// <summary>Waits where nothing else can be done, as in a factory of services.</summary>
internal static class ContextFree
{
    /// <summary>Begins something without the context of this thread, as of a user interface, and waits for it: what goes on in that context would wait for this thread, and this thread for it.</summary>
    public static void Wait(Func<ValueTask> begin)
    {
        SynchronizationContext? own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            begin().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }
    }
}

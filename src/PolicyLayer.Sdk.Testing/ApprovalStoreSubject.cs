namespace PolicyLayer.Sdk.Testing;

/// <summary>A store of approvals under test. It stays the caller's to dispose, and may have been used before.</summary>
public sealed class ApprovalStoreSubject
{
    /// <summary>Takes a store whose clock nobody can set.</summary>
    /// <param name="store">The store.</param>
    public ApprovalStoreSubject(IApprovalStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
    }

    /// <summary>Takes a store that goes by a clock of the test's.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">Its clock; it must stand still by itself.</param>
    /// <param name="advance">Moves that clock on.</param>
    public ApprovalStoreSubject(IApprovalStore store, TimeProvider clock, Action<TimeSpan> advance)
        : this(store)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(advance);
        Clock = clock;
        Advance = advance;
    }

    /// <summary>The store.</summary>
    public IApprovalStore Store { get; }

    /// <summary>Its clock; null when nobody can set it.</summary>
    public TimeProvider? Clock { get; }

    internal Action<TimeSpan>? Advance { get; }
}

namespace PolicyLayer.Sdk.Testing;

/// <summary>One promise of a store of approvals, and what tries to break it.</summary>
public sealed class ApprovalStoreCheck
{
    private readonly Func<ApprovalStoreSubject, CancellationToken, Task> _run;

    internal ApprovalStoreCheck(string name, Func<ApprovalStoreSubject, CancellationToken, Task> run, bool needsClock = false)
    {
        Name = name;
        NeedsClock = needsClock;
        _run = run;
    }

    /// <summary>Its name: lower case, words joined by low lines.</summary>
    public string Name { get; }

    /// <summary>Whether it lets time pass, so that it needs a store whose clock the test can move.</summary>
    public bool NeedsClock { get; }

    /// <summary>Tries to break the promise.</summary>
    /// <param name="subject">The store. What the check asks for, it asks under names that nothing else has.</param>
    /// <param name="cancellationToken">Ends the check, and every wait in it; a check has no time-out of its own.</param>
    /// <exception cref="StoreContractException">The store has broken it.</exception>
    /// <exception cref="ArgumentException">The check needs a clock, and the subject has none.</exception>
    public Task RunAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return NeedsClock && subject.Clock is null
            ? throw new ArgumentException("this check needs a store whose clock can be moved", nameof(subject))
            : _run(subject, cancellationToken);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

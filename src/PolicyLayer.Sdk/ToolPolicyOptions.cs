using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.Policies;

namespace PolicyLayer.Sdk;

/// <summary>Which policies guard this host, and how.</summary>
public sealed class ToolPolicyOptions
{
    /// <summary>Whether an allowed call is refused, with <see cref="DecisionReason.AuditUnavailable"/>, when its audit record cannot be written. Off: the loss is logged and the call runs. On, a host without an audit does not start.</summary>
    public bool RequireAudit { get; set; }

    /// <summary>How large the documents of policy files may be; at first <see cref="PolicyBounds.Default"/>. Policies that the host reads itself have bounds of their own.</summary>
    public PolicyBounds PolicyBounds { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = PolicyBounds.Default;

    /// <summary>How many counters of limits live in memory at most; at first 1,000,000. One counts a limit of a policy for a grant, or whatever the limit's scope counts apart.</summary>
    /// <remarks>A counter that holds nothing makes room for others. Where all hold something, a call that needs a new one is denied with <see cref="DecisionReason.StoreUnavailable"/>, for to forget one would refill it; it can be denied too while an idle one is still being looked for, a part of them for each such call.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int MaxCounters { get; set => field = OptionBounds.Within(value, 1, int.MaxValue); } = MemoryCounterStore.DefaultMaxCounters;

    /// <summary>How long the store of the counters, or of approvals, may take for an answer; at first one second. Then the call is denied with <see cref="DecisionReason.StoreUnavailable"/>, and what the store reserves later is given back. It says nothing of counters in memory, which never wait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a minute.</exception>
    public TimeSpan StoreTimeout { get; set => field = OptionBounds.Within(value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)); } = StoreRules.Default.Timeout;

    /// <summary>Whether a call that everything else allows runs when the store of the counters does not answer, so that no limit holds while the store is out. Off at first, and better so.</summary>
    /// <remarks>Such a call is decided with <see cref="DecisionReason.AllowedUncounted"/>: an allowance whose reason in the audit is <c>store_unavailable</c>, and a warning in the log. A store that is full is not out: it still denies.</remarks>
    public bool AllowWhenStoreUnavailable { get; set; }

    /// <summary>How long a call that needs approval waits for an answer in the host's <see cref="IApprovalStore"/>; at first zero. Then it is refused with <see cref="DecisionReason.ApprovalRequired"/>, stays there until it expires, and the caller may make the same call again. Without a store it says nothing.</summary>
    /// <remarks>Clients have patience of their own: those of MCP often give up after a minute. A call that was given up still waits to be approved.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is below zero, or more than a day.</exception>
    public TimeSpan ApprovalWait { get; set => field = OptionBounds.Within(value, TimeSpan.Zero, TimeSpan.FromDays(1)); }

    internal List<IPolicySource> Sources { get; } = [];

    /// <summary>Adds a policy file, read when the host starts. With several policies every one of them must allow a call.</summary>
    /// <param name="path">The file; a relative path starts at the current directory. Its name, without folder and extension, names the policy and its counters.</param>
    /// <param name="reloadOnChange">Whether it is read again when it has changed, which is looked for once a second; then it counts from the next call on, and counters stay. A changed file that cannot be used is an error in the log, and the policy before stays in force.</param>
    public ToolPolicyOptions AddPolicyFile(string path, bool reloadOnChange = false) =>
        AddPolicyFile(path, () => ToolPolicy.Parse(PolicyText.Load(path, PolicyBounds)), reloadOnChange);

    /// <summary>Adds a policy file in a format of its own, read when the host starts.</summary>
    /// <param name="path">The file, which is looked at for changes.</param>
    /// <param name="load">Reads it. A <see cref="PolicyFormatException"/> stops the start, together with the errors of all other policies.</param>
    /// <param name="reloadOnChange">Whether it is read again when it has changed, as a JSON file is.</param>
    public ToolPolicyOptions AddPolicyFile(string path, Func<ToolPolicy> load, bool reloadOnChange)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(load);
        Sources.Add(reloadOnChange ? new PolicyFileSource(path, load) : new DelegatePolicySource(load));
        return this;
    }

    /// <summary>Adds a policy that is read when the host starts.</summary>
    /// <param name="load">Reads it; called once. A <see cref="PolicyFormatException"/> stops the start, together with the errors of all other policies.</param>
    public ToolPolicyOptions AddPolicy(Func<ToolPolicy> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        Sources.Add(new DelegatePolicySource(load));
        return this;
    }

    /// <summary>Adds a policy that is already read.</summary>
    /// <param name="policy">The policy; its name must differ from the others'.</param>
    public ToolPolicyOptions AddPolicy(ToolPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Sources.Add(new FixedPolicySource(policy));
        return this;
    }
}

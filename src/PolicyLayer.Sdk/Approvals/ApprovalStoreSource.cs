namespace PolicyLayer.Sdk.Approvals;

/// <summary>Where a host's store of approvals comes from.</summary>
/// <param name="Open">Makes it, or has it.</param>
/// <param name="IsOwned">Whether it ends with the host.</param>
internal sealed record ApprovalStoreSource(Func<IServiceProvider, IApprovalStore> Open, bool IsOwned);

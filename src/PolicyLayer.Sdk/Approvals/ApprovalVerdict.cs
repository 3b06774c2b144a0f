namespace PolicyLayer.Sdk.Approvals;

/// <summary>What came of asking for approval.</summary>
/// <param name="Reason">What it means for the call.</param>
/// <param name="Stored">What the store keeps of it; null where there is no store, or the call is too large for it.</param>
internal readonly record struct ApprovalVerdict(DecisionReason Reason, StoredApproval? Stored = null);

namespace PolicyLayer.Sdk.Parsing;

/// <summary>The members that each kind of object of a document may have; <c>$schema</c>, <c>description</c> and <c>x-…</c> come on top.</summary>
internal static class Members
{
    public static readonly string[] OfDocument = ["version", "default", "hide", "all_tools", "tools"];

    public static readonly string[] OfEntry = ["action", "reason", "arguments", "require", "deny_if", "require_approval", "limits", "rate_limit"];

    public static readonly string[] OfRule = ["name", "conditions", "on_deny"];

    public static readonly string[] OfApprovalRule = ["name", "conditions", "reason", "expires"];

    public static readonly string[] OfCondition = ["path", "op", "value", "value_from", "ignore_case", "any", "all", "not"];

    public static readonly string[] OfLimit = ["counter", "window", "max", "scope", "amount", "algorithm", "burst", "refund", "concurrent", "on_deny"];

    public static readonly string[] OfRateLimit = ["max", "window"];
}

using System.Globalization;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>The codes and sentences of decisions.</summary>
internal static class DecisionText
{
    /// <summary>Whether a call decided so may run. What is not listed may not.</summary>
    public static bool IsAllowance(this DecisionReason reason) => reason is DecisionReason.Allowed or DecisionReason.Approved or DecisionReason.AllowedUncounted;

    /// <summary>Whether something failed, so that it was not the policy that spoke.</summary>
    public static bool IsFailure(this DecisionReason reason) =>
        reason is DecisionReason.EvaluationError or DecisionReason.StoreUnavailable or DecisionReason.AllowedUncounted or DecisionReason.AuditUnavailable;

    /// <summary>What was decided, in a word.</summary>
    public static string Word(in ToolDecision decision) => decision.IsAllowed ? "allow" : decision.Reason == DecisionReason.ApprovalRequired ? "approval_required" : "deny";

    public static string Code(DecisionReason reason) => reason switch
    {
        DecisionReason.MalformedCall => "malformed_call",
        DecisionReason.NoPolicy => "no_policy",
        DecisionReason.Hidden => "hidden",
        DecisionReason.DefaultDeny => "default_deny",
        DecisionReason.Denied => "denied",
        DecisionReason.InvalidArguments => "invalid_arguments",
        DecisionReason.RequireFailed => "require_failed",
        DecisionReason.DenyIf => "deny_if",
        DecisionReason.UnknownCondition => "unknown_condition",
        DecisionReason.InvalidAmount => "invalid_amount",
        DecisionReason.LimitExceeded => "limit_exceeded",
        DecisionReason.ApprovalRequired => "approval_required",
        DecisionReason.ApprovalDenied => "approval_denied",
        DecisionReason.ApprovalExpired => "approval_expired",
        DecisionReason.StoreUnavailable or DecisionReason.AllowedUncounted => "store_unavailable",
        DecisionReason.AuditUnavailable => "audit_unavailable",
        DecisionReason.Allowed => "allowed",
        DecisionReason.Approved => "approved",
        _ => "evaluation_error",
    };

    /// <summary>The author's own text where there is one, else a sentence of ours.</summary>
    public static string Message(string? tool, DecisionReason reason, Denial? denial) =>
        (reason is DecisionReason.ApprovalDenied or DecisionReason.ApprovalExpired or DecisionReason.InvalidAmount ? null : denial?.Rule.Text) is { } text
            ? Joined(text, Waiting(reason, denial))
            : Sentence(ShownName.Of(tool), reason, denial);

    /// <summary>An author's text may end without a stop; what comes behind it is a sentence.</summary>
    private static string Joined(string text, string waiting) =>
        waiting.Length > 0 && text.TrimEnd() is [.., var last] said && char.IsLetterOrDigit(last) ? $"{said}.{waiting}" : text + waiting;

    private static string Sentence(string tool, DecisionReason reason, Denial? denial) => reason switch
    {
        DecisionReason.MalformedCall => $"The arguments were not accepted: {denial?.Detail ?? "they must be one JSON object"}. Send the call again as one well-formed JSON object.",
        DecisionReason.NoPolicy => "No policy covers this caller, so every call is refused.",
        DecisionReason.Hidden or DecisionReason.DefaultDeny => $"The tool `{tool}` is not available here: no rule allows it. Do not try it again.",
        DecisionReason.Denied => $"The tool `{tool}` is refused by policy. Do not try it again.",
        DecisionReason.InvalidArguments => $"The arguments are not valid: {denial?.Detail}. Correct them and call again.",
        DecisionReason.RequireFailed or DecisionReason.DenyIf => $"These arguments are refused by policy (rule `{denial?.Rule.Id}`).",
        DecisionReason.UnknownCondition => $"An argument has a type that the policy cannot judge (rule `{denial?.Rule.Id}`).",
        DecisionReason.InvalidAmount => $"The amount that a limit counts cannot be used: {denial?.Detail ?? "it must be a number"}. Correct it and call again.",
        DecisionReason.LimitExceeded => LimitSentence(denial),
        DecisionReason.ApprovalRequired => $"The tool `{tool}` needs a person's approval for this call, and nobody has given it.{Waiting(reason, denial)}",
        DecisionReason.ApprovalDenied => "A person was asked and refused this call. Do not try it again.",
        DecisionReason.ApprovalExpired => "A person's approval was needed and did not come in time.",
        DecisionReason.StoreUnavailable => $"{denial?.Detail ?? "The call could not be counted"}, so it was refused. It may work later.",
        DecisionReason.AuditUnavailable => "The call could not be recorded, so it was refused. It may work later.",
        DecisionReason.Allowed or DecisionReason.Approved or DecisionReason.AllowedUncounted => string.Empty,
        _ => "The call could not be judged, so it was refused.",
    };

    /// <summary>What a caller does who was refused for now.</summary>
    private static string Waiting(DecisionReason reason, Denial? denial) => reason == DecisionReason.ApprovalRequired && denial?.Approval is { } approval
        ? $" It waits as approval `{approval.Id}`: when a person has given it, make the same call again."
        : string.Empty;

    private static string LimitSentence(Denial? denial)
    {
        if (denial?.Limit is not { } limit)
        {
            return denial?.RetryAfter is { } later
                ? string.Create(CultureInfo.InvariantCulture, $"A limit is spent. Try again in {Math.Ceiling(later.TotalSeconds)} s.")
                : "A limit is spent. Try again later.";
        }

        if (limit.Window is null)
        {
            string when = limit.Max == 0 ? "Waiting does not help." : "Try again when one has ended.";
            return string.Create(CultureInfo.InvariantCulture, $"At most {limit.Max:0.######} {(limit.Max == 1 ? "call" : "calls")} at once. {when}");
        }

        string every = Every(limit.Window);
        string retry = denial.RetryAfter is { } wait
            ? string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(wait.TotalSeconds)} s.")
            : "Waiting does not help.";
        return limit.CountsCalls
            ? string.Create(CultureInfo.InvariantCulture, $"At most {limit.Max:0.######} {(limit.Max == 1 ? "call" : "calls")} {every}. {retry}")
            : string.Create(CultureInfo.InvariantCulture, $"At most {limit.Max:0.######} of `{limit.Counter}` {every}, and {limit.Remaining:0.######} is left. {retry}");
    }

    /// <summary>A window in words; <c>7d</c> is no week, for weeks begin on Mondays.</summary>
    private static string Every(string window) => window switch
    {
        "60s" or "1m" => "a minute",
        "hour" or "3600s" or "60m" or "1h" => "an hour",
        "86400s" or "1440m" or "24h" or "1d" => "a day",
        "1s" => "a second",
        _ when window.All(char.IsAsciiLetter) => $"a {window}",
        [.. var count, 'm'] => $"in {count} min",
        [.. var count, 'd'] => $"in {count} days",
        [.. var count, var unit] => $"in {count} {unit}",
        _ => $"in {window}",
    };
}

using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>A decision as the JSON object that other programs read; members that do not apply are left out.</summary>
internal static class DecisionWriter
{
    public static void Write(Utf8JsonWriter writer, in ToolDecision decision)
    {
        writer.WriteStartObject();
        writer.WriteString("decision"u8, DecisionText.Word(decision));
        writer.WriteString("reason"u8, decision.ReasonCode);
        writer.WriteString("tool"u8, decision.Call.Tool);
        WriteIfPresent(writer, "grant"u8, decision.Call.Grant?.Id);
        WriteIfPresent(writer, "rule"u8, decision.Rule);
        WriteIfPresent(writer, "message"u8, decision.IsAllowed ? null : decision.Message);
        if (decision.RetryAfter is { } retryAfter)
        {
            writer.WriteNumber("retry_after_ms"u8, (long)Math.Ceiling(retryAfter.TotalMilliseconds));
        }

        if (decision.Limit is { } limit)
        {
            writer.WriteStartObject("limit"u8);
            writer.WriteString("counter"u8, limit.Counter);
            writer.WriteString("max"u8, Amount(limit.Max));
            writer.WriteString("remaining"u8, Amount(limit.Remaining));
            WriteIfPresent(writer, "window"u8, limit.Window);
            writer.WriteString("scope"u8, limit.Scope);
            writer.WriteEndObject();
        }

        WriteIfPresent(writer, "policy"u8, decision.PolicyVersion);
        WriteIfPresent(writer, "approval_id"u8, decision.ApprovalId);
        if (decision.Layer is { } layer)
        {
            writer.WriteNumber("layer"u8, layer);
        }

        writer.WriteEndObject();
    }

    /// <summary>An amount as decimal text without trailing zeros.</summary>
    private static string Amount(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void WriteIfPresent(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Records as JSON; members that do not apply are left out.</summary>
internal static class AuditLine
{
    private const int FormatVersion = 1;

    /// <summary>Writes one record, but for what links it to the others.</summary>
    public static void Write(Utf8JsonWriter writer, in AuditRecord record, long sequence, string? argumentsMac = null)
    {
        WriteHead(writer, Kind(record.Kind), sequence, record.Timestamp, record.Decision.Id);
        if (record.Kind != AuditKind.Policy)
        {
            WriteCall(writer, record, argumentsMac);
        }

        Text(writer, "policy"u8, record.PolicyVersion);
    }

    /// <summary>Writes that the sink was opened or closed, likewise.</summary>
    public static void WriteMark(Utf8JsonWriter writer, string kind, long sequence, DateTimeOffset timestamp) => WriteHead(writer, kind, sequence, timestamp, null);

    /// <summary>An outcome's code in records and metrics.</summary>
    public static string Outcome(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Ok => "ok",
        ToolOutcome.Error => "error",
        ToolOutcome.Cancelled => "cancelled",
        _ => "not_run",
    };

    private static void WriteHead(Utf8JsonWriter writer, string kind, long sequence, DateTimeOffset timestamp, string? id)
    {
        writer.WriteStartObject();
        writer.WriteNumber("v"u8, FormatVersion);
        writer.WriteNumber("seq"u8, sequence);
        writer.WriteString("ts"u8, timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Text(writer, "id"u8, id);
        writer.WriteString("kind"u8, kind);
    }

    private static void WriteCall(Utf8JsonWriter writer, in AuditRecord record, string? argumentsMac)
    {
        ToolDecision decision = record.Decision;
        Text(writer, "grant"u8, decision.Call.Grant?.Id);
        Text(writer, "grant_label"u8, decision.Call.Grant?.Label);
        Text(writer, "session"u8, decision.Call.Session);
        Text(writer, "user"u8, decision.Call.User);
        Text(writer, "server"u8, decision.Call.Server);
        Text(writer, "tool"u8, decision.Call.Tool is { } tool ? ShownName.Of(tool) : null);
        if (record.Kind is AuditKind.Decision or AuditKind.Approval)
        {
            Text(writer, "decision"u8, DecisionText.Word(decision));
            Text(writer, "reason"u8, decision.ReasonCode);
            Text(writer, "rule"u8, decision.Rule);
            Text(writer, "approval_id"u8, decision.ApprovalId);
            Text(writer, "answered_by"u8, decision.Denial?.Approval?.AnsweredBy);
        }

        if (record.Kind == AuditKind.Decision)
        {
            Text(writer, "message"u8, decision.IsAllowed ? null : decision.Message);
            writer.WriteStartArray("argument_keys"u8);
            foreach (string key in record.GetArgumentKeys())
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            Text(writer, "args_mac"u8, argumentsMac);
        }

        Text(writer, "outcome"u8, record.Outcome is { } outcome ? Outcome(outcome) : null);
        if (record.Kind != AuditKind.Approval)
        {
            writer.WriteNumber("elapsed_us"u8, (long)record.Elapsed.TotalMicroseconds);
        }
    }

    private static string Kind(AuditKind kind) => kind switch
    {
        AuditKind.Decision => "decision",
        AuditKind.Outcome => "outcome",
        AuditKind.Approval => "approval",
        _ => "policy",
    };

    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}

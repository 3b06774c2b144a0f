using System.Text.Json;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>An approval for programs: one object on one line.</summary>
internal static class ApprovalJson
{
    public static string Of(StoredApproval approval) => Escaped.Of(JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", approval.Id);
        writer.WriteString("status", ApprovalText.Status(approval.Status).Word);
        writer.WriteString("tool", approval.Tool);
        writer.WriteString("grant", approval.Grant);
        writer.WriteString("grant_label", approval.GrantLabel);
        writer.WriteString("user", approval.User);
        writer.WriteString("session", approval.Session);
        writer.WriteString("server", approval.Server);
        writer.WritePropertyName("arguments");
        ApprovalArguments.Write(writer, approval.Arguments);
        Write(writer, "rules", approval.Rules);
        Write(writer, "reasons", approval.Reasons);
        writer.WriteString("policy", approval.PolicyVersion);
        writer.WriteString("asked_at", JsonTime.Of(approval.AskedAt));
        writer.WriteString("expires_at", JsonTime.Of(approval.ExpiresAt));
        writer.WriteString("answered_at", approval.AnsweredAt is { } answered ? JsonTime.Of(answered) : null);
        writer.WriteString("answered_by", approval.AnsweredBy);
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}

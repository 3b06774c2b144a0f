using System.Text.Json;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Output;

/// <summary>Decisions and their explanations, for people and for programs.</summary>
internal sealed class DecisionPrinter(Terminal terminal, TextWriter output, bool json)
{
    public void Print(ToolDecision decision, PolicyExplanation? explanation)
    {
        if (json)
        {
            output.WriteLine(explanation is null ? JsonLine.Of(decision.WriteTo) : ToJson(decision, explanation));
            return;
        }

        (string word, string style) = decision switch
        {
            { IsAllowed: true } => ("allow", "green"),
            { Reason: DecisionReason.ApprovalRequired } => ("approval_required", "yellow"),
            _ => ("deny", "red"),
        };
        string why = decision.Rule is { } rule ? $"{decision.ReasonCode}  {rule}" : decision.ReasonCode;
        terminal.Line((word.PadRight(19), style), (decision.Call.Tool.PadRight(26) + " ", "bold"), (why, "grey"));
        if (!decision.IsAllowed)
        {
            terminal.Line((new string(' ', 19) + decision.Message, string.Empty));
        }

        foreach (ExplainedCheck check in explanation?.Checks ?? [])
        {
            Print(check);
        }
    }

    private void Print(ExplainedCheck check)
    {
        (string sign, string style) = check.Outcome switch
        {
            "passed" => ("+", "green"),
            "refused" => ("x", "red"),
            _ => (".", "grey"),
        };
        string layer = check.Layer is > 0 ? $" (policy {check.Layer})" : string.Empty;
        string rule = check.Rule + layer;
        string detail = check.Detail is null ? string.Empty : "  " + check.Detail;
        terminal.Line(("    " + sign + " ", style), (rule.Length + detail.Length == 0 ? check.Name : check.Name.PadRight(17), string.Empty), (rule, "grey"), (detail, string.Empty));
        if (check.Condition is { } condition)
        {
            Print(condition, 8);
        }
    }

    private void Print(ExplainedCondition condition, int indent)
    {
        string seen = (condition.SeenType, condition.SeenValue) switch
        {
            (null, _) => string.Empty,
            (var type, null) => $"  (saw {type})",
            var (type, value) => $"  (saw {type} {JsonLine.Compact(value)})",
        };
        string style = condition.Outcome == "unknown" ? "yellow" : string.Empty;
        terminal.Line((new string(' ', indent) + condition.Text + seen + " is ", "grey"), (condition.Outcome, style));
        foreach (ExplainedCondition part in condition.Parts)
        {
            Print(part, indent + 2);
        }
    }

    private static string ToJson(ToolDecision decision, PolicyExplanation explanation) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in decision.ToJsonElement().EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WritePropertyName("explanation");
        ExplanationJson.Write(writer, explanation);
        writer.WriteEndObject();
    });
}

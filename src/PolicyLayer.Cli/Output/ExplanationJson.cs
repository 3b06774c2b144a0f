using System.Text.Json;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Output;

/// <summary>An explanation as JSON.</summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter writer, PolicyExplanation explanation)
    {
        writer.WriteStartArray();
        foreach (ExplainedCheck check in explanation.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("check", check.Name);
            writer.WriteString("outcome", check.Outcome);
            if (check.Layer is { } layer)
            {
                writer.WriteNumber("layer", layer);
            }

            WriteIfPresent(writer, "rule", check.Rule);
            WriteIfPresent(writer, "detail", check.Detail);
            if (check.Condition is { } condition)
            {
                writer.WritePropertyName("condition");
                Write(writer, condition);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ExplainedCondition condition)
    {
        writer.WriteStartObject();
        writer.WriteString("condition", condition.Text);
        writer.WriteString("outcome", condition.Outcome);
        WriteIfPresent(writer, "saw", condition.SeenType);
        if (condition.SeenValue is { } value)
        {
            writer.WritePropertyName("value");
            writer.WriteRawValue(JsonLine.Compact(value));
        }

        if (condition.Parts.Count > 0)
        {
            writer.WriteStartArray("parts");
            foreach (ExplainedCondition part in condition.Parts)
            {
                Write(writer, part);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}

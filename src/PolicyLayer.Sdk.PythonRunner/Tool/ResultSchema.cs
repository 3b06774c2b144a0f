using System.Text.Json;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>The JSON Schema of what the tool answers with.</summary>
internal static class ResultSchema
{
    public static JsonElement Json { get; } = JsonElement.Parse($$"""
        {
          "type": "object",
          "properties": {
            "stdout": { "type": "string", "description": "What the program printed." },
            "stderr": { "type": "string", "description": "What it wrote to its standard error, with the traceback of an exception." },
            "returncode": { "type": "integer", "minimum": -1, "maximum": 255, "description": "As a shell gives it; -1 when nothing ran." },
            "execution_time_ms": { "type": "integer", "minimum": 0 },
            "outcome": { "enum": [{{string.Join(", ", Enum.GetValues<PythonOutcome>().Select(static outcome => $"\"{Names.Of(outcome)}\""))}}] },
            "stdout_truncated": { "type": "boolean" },
            "stderr_truncated": { "type": "boolean" },
            "isolation": {
              "type": "object",
              "properties": {
                "level": { "enum": [{{string.Join(", ", Enum.GetValues<IsolationLevel>().Select(static level => $"\"{Names.Of(level)}\""))}}] },
                "layers": { "type": "array", "items": { "type": "string" } },
                "missing": { "type": "array", "items": { "type": "string" } }
              },
              "required": ["level", "layers", "missing"],
              "additionalProperties": false
            },
            "error": { "type": "string", "description": "Why there is no result, and what to do." },
            "retry_after_ms": { "type": "integer", "minimum": 0, "description": "When to try again." }
          },
          "required": ["stdout", "stderr", "returncode", "execution_time_ms", "outcome", "stdout_truncated", "stderr_truncated", "isolation"],
          "additionalProperties": false
        }
        """);
}

using System.Text.Json;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>The tool's bounds, checked.</summary>
internal sealed record ToolBounds(int MaxCodeLength, int MinTimeout, int MaxTimeout, int DefaultTimeout)
{
    public static ToolBounds From(PythonToolOptions options, TimeSpan runnerMaximum)
    {
        Require(options.MaxCodeLength > 0, nameof(options.MaxCodeLength), "must be more than 0");
        Require(options.MinTimeoutSeconds > 0, nameof(options.MinTimeoutSeconds), "must be more than 0");
        Require(options.MaxTimeoutSeconds >= options.MinTimeoutSeconds, nameof(options.MaxTimeoutSeconds), "must not be less than the minimum");
        Require(options.MaxTimeoutSeconds <= runnerMaximum.TotalSeconds, nameof(options.MaxTimeoutSeconds), $"must not be more than the runner's {runnerMaximum}");
        Require(
            options.DefaultTimeoutSeconds >= options.MinTimeoutSeconds && options.DefaultTimeoutSeconds <= options.MaxTimeoutSeconds,
            nameof(options.DefaultTimeoutSeconds),
            "must lie between minimum and maximum");
        return new ToolBounds(options.MaxCodeLength, options.MinTimeoutSeconds, options.MaxTimeoutSeconds, options.DefaultTimeoutSeconds);
    }

    public JsonElement Schema()
    {
        using JsonDocument document = JsonDocument.Parse($$"""
            {
              "type": "object",
              "properties": {
                "code": { "type": "string", "description": "The Python program to run.", "maxLength": {{MaxCodeLength}} },
                "timeout": {
                  "type": "integer", "description": "Seconds the program may take.",
                  "minimum": {{MinTimeout}}, "maximum": {{MaxTimeout}}, "default": {{DefaultTimeout}}
                }
              },
              "required": ["code"],
              "additionalProperties": false
            }
            """);
        return document.RootElement.Clone();
    }

    private static void Require(bool holds, string name, string problem)
    {
        if (!holds)
        {
#pragma warning disable MA0015 // the parameter belongs to the public method that was called, and the message names the property
            throw new ArgumentException($"{nameof(PythonToolOptions)}.{name} {problem}.");
#pragma warning restore MA0015
        }
    }
}

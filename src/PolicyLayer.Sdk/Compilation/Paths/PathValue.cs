using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>What a path leads to: JSON, or a text that the host gave.</summary>
internal readonly struct PathValue
{
    private readonly JsonElement _element;

    public PathValue(JsonElement element)
    {
        _element = element;
        Kind = element.ValueKind;
    }

    public PathValue(string? text)
    {
        Text = text;
        Kind = text is null ? JsonValueKind.Undefined : JsonValueKind.String;
    }

    /// <summary>The text that the host gave; null when the value is JSON.</summary>
    public string? Text { get; }

    /// <summary>The JSON; undefined when the value is a text.</summary>
    public JsonElement Element => _element;

    public JsonValueKind Kind { get; }

    /// <summary>Whether there is nothing: no value, or JSON's null.</summary>
    public bool IsAbsent => Kind is JsonValueKind.Undefined or JsonValueKind.Null;
}

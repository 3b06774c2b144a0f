using System.Text.Json;

namespace PolicyLayer.Sdk;

/// <summary>A tool as a server lists it.</summary>
public sealed class CatalogTool
{
    internal CatalogTool(string name, JsonElement inputSchema, JsonElement annotations)
    {
        Name = name;
        InputSchema = inputSchema;
        Annotations = annotations;
    }

    /// <summary>Its exact name.</summary>
    public string Name { get; }

    /// <summary>The schema of its arguments; undefined when the list has none.</summary>
    public JsonElement InputSchema { get; }

    /// <summary>What it says of itself; undefined when the list has nothing.</summary>
    public JsonElement Annotations { get; }
}

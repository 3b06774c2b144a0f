namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>A schema within the whole, and which others it leads to.</summary>
internal sealed class SchemaNode(int number, string pointer)
{
    public int Number { get; } = number;

    public string Pointer { get; } = pointer;

    /// <summary>The target of its reference, or null.</summary>
    public string? Reference { get; set; }

    /// <summary>Schemas that are asked of the same value.</summary>
    public List<SchemaNode> Same { get; } = [];

    /// <summary>Schemas of members or items.</summary>
    public List<SchemaNode> Children { get; } = [];
}

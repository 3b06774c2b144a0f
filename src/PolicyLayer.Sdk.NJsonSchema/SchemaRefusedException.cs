namespace PolicyLayer.Sdk.NJsonSchema;

/// <summary>A schema that cannot be enforced, and where in it the reason stands.</summary>
public sealed class SchemaRefusedException : Exception
{
    internal SchemaRefusedException(string pointer, string problem)
        : base($"{(pointer.Length == 0 ? "the schema" : pointer)}: {problem}") => Pointer = pointer;

    /// <summary>The JSON pointer to the keyword or schema; empty for the whole.</summary>
    public string Pointer { get; }
}

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Gathers the errors of a schema, up to a bound.</summary>
internal sealed class SchemaErrors(int maxErrors)
{
    private readonly List<JsonSchemaError> _errors = [];

    public int Count => _errors.Count;

    public bool Any => _errors.Count > 0;

    /// <summary>Whether further errors would not be listed, so that nobody needs to look for them.</summary>
    public bool IsFull => _errors.Count >= maxErrors;

    public void Add(SchemaLocation location, string message)
    {
        if (!IsFull)
        {
            _errors.Add(new JsonSchemaError(location, message));
        }
    }

    public IReadOnlyList<JsonSchemaError> ToList() => [.. _errors];
}

namespace PolicyLayer.Sdk.Testing;

/// <summary>What a host would know beside the calls.</summary>
public sealed class PolicyTestOptions
{
    /// <summary>The tools that the server lists: the annotations that conditions see, and the schemas that arguments must satisfy. A call of a tool that is not among them is held to the policies alone. Null: nothing is known.</summary>
    public ToolCatalog? Tools { get; init; }

    /// <summary>How far calls are held to the schemas of <see cref="Tools"/>: as the host's adapter holds them, which at first is strictly.</summary>
    public ToolSchemaEnforcement ToolSchemas
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new(enforceSchemas: true, strict: true, []);

    /// <summary>Whose calls they are where a line names no grant.</summary>
    public Grant Grant
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = Grant.Default;
}

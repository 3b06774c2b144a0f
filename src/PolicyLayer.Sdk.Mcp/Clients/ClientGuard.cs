namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Who judges the calls of a client, and how.</summary>
/// <param name="Guard">Judges.</param>
/// <param name="Resolver">Says whose calls they are; null: the default grant's.</param>
/// <param name="Schemas">How tools' own schemas are enforced.</param>
internal sealed record ClientGuard(ToolGuard Guard, IGrantResolver? Resolver, ToolSchemaEnforcement Schemas);

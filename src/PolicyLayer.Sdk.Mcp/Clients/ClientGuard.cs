namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Who judges the calls of a client, and how.</summary>
/// <param name="Guard">Judges.</param>
/// <param name="Resolver">Says whose calls they are; null: the default grant's.</param>
/// <param name="Schemas">How tools' own schemas are enforced.</param>
/// <param name="Server">What decisions call the server; null where there is no need to tell it from others.</param>
internal sealed record ClientGuard(ToolGuard Guard, IGrantResolver? Resolver, ToolSchemaEnforcement Schemas, string? Server);

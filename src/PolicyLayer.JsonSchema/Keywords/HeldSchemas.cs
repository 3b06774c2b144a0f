using PolicyLayer.Schemas.Compilation;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>Keywords whose schemas judge nothing where they stand (<c>$defs</c>, <c>definitions</c>, <c>contentSchema</c>), but must be right all the same.</summary>
internal static class HeldSchemas
{
    public static IEnumerable<KeywordDefinition> Definitions => [Map("$defs"), Map("definitions"), One("contentSchema")];

    private static KeywordDefinition Map(string name) => new(
        schema =>
        {
            foreach ((_, SchemaValue value) in schema.Find(name)!.ReadMembers("an object of schemas"))
            {
                _ = value.ReadSchema();
            }

            return null;
        },
        name);

    private static KeywordDefinition One(string name) => new(
        schema =>
        {
            _ = schema.Find(name)!.ReadSchema();
            return null;
        },
        name);
}

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>One schema within a schema: what it declares, and the schemas that judge the same value or parts of it.</summary>
/// <param name="number">Tells it from the others.</param>
internal sealed class SchemaPart(int number)
{
    public int Number { get; } = number;

    /// <summary>The schemas of declared members.</summary>
    public Dictionary<string, SchemaPart> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of members that are asked for, declared or not: whoever asks for a member reads it.</summary>
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>Schemas of members by the pattern of their names: a declared member may be one of them.</summary>
    public List<SchemaPart> Patterns { get; } = [];

    /// <summary>Schemas of members that are not declared here.</summary>
    public List<SchemaPart> Others { get; } = [];

    /// <summary>Schemas of items, whichever.</summary>
    public List<SchemaPart> Items { get; } = [];

    /// <summary>Schemas that are asked of the same value, in whatever way.</summary>
    public List<SchemaPart> Same { get; } = [];

    /// <summary>Whether it says outright that members need not be declared.</summary>
    public bool TakesAnyName { get; set; }

    /// <summary>Whether nothing is said of members or items.</summary>
    public bool IsPlain => Members.Count + Required.Count + Patterns.Count + Others.Count + Items.Count == 0;
}

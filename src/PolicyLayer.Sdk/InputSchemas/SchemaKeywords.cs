using System.Collections.Frozen;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Keywords that must be told apart to know which members a schema declares.</summary>
internal static class SchemaKeywords
{
    /// <summary>Those whose schemas are asked of the same value. Under <c>not</c> too a name is declared.</summary>
    public static readonly FrozenSet<string> AskTheSameValue = FrozenSet.Create(StringComparer.Ordinal, "allOf", "anyOf", "oneOf", "not", "if", "then", "else");

    /// <summary>Those by which the members of an object may be declared elsewhere than beside them.</summary>
    public static readonly FrozenSet<string> DeclareElsewhere = FrozenSet.Create(
        StringComparer.Ordinal, "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies", "$ref", "$dynamicRef");
}

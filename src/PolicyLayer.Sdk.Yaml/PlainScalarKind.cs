namespace PolicyLayer.Sdk.Yaml;

/// <summary>Types of plain scalars.</summary>
internal enum PlainScalarKind
{
    Text = 0,
    Null,
    Boolean,
    Number,

    /// <summary>Readers differ about it.</summary>
    Ambiguous,
}

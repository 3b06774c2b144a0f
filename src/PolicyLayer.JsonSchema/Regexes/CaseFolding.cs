namespace PolicyLayer.Schemas.Regexes;

/// <summary>Which letters are one when case is ignored.</summary>
internal enum CaseFolding
{
    /// <summary>None: case counts.</summary>
    None,

    /// <summary>Those with one capital, as ordinal comparisons take them.</summary>
    Ordinal,

    /// <summary>As <c>(?i)</c> of RE2 does: <c>k</c> is the Kelvin sign too, and <c>s</c> the long s.</summary>
    Re2,
}

using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Yaml;

/// <summary>What a plain scalar, one without quotes, stands for.</summary>
internal static class PlainScalar
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private static readonly Regex JsonNumber = new(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", Options);

    /// <summary>What one version of YAML or another takes for a number, a boolean or nothing.</summary>
    private static readonly Regex Ambiguous = new(@"\A(y|n|yes|no|on|off|true|false|null|[-+]?(\.?[0-9][0-9_.,]*([eE][-+]?[0-9]+)?|0[xob][0-9a-f_]+|\.inf|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)|\.nan)\z", Options | RegexOptions.IgnoreCase);

    public static PlainScalarKind KindOf(string text) => text switch
    {
        "" or "null" or "~" => PlainScalarKind.Null,
        "true" or "false" => PlainScalarKind.Boolean,
        _ when JsonNumber.IsMatch(text) => PlainScalarKind.Number,
        _ when Ambiguous.IsMatch(text) => PlainScalarKind.Ambiguous,
        _ => PlainScalarKind.Text,
    };
}

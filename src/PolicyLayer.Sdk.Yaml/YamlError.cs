using YamlDotNet.Core;

namespace PolicyLayer.Sdk.Yaml;

/// <summary>Makes the one error that ends the reading of a document.</summary>
internal static class YamlError
{
    public static PolicyFormatException At(in Mark mark, string code, string message, string source) =>
        new([new PolicyDiagnostic(code, PolicySeverity.Error, message, source, (int)mark.Line, (int)mark.Column, string.Empty)]);

    public static PolicyFormatException OfDocument(string code, string message, string source) =>
        new([new PolicyDiagnostic(code, PolicySeverity.Error, message, source, 0, 0, string.Empty)]);
}

using System.Text;
using PolicyLayer.Sdk.Yaml;

namespace PolicyLayer.Sdk;

/// <summary>Reads policy documents that are written in YAML.</summary>
public static class YamlPolicyText
{
    /// <summary>The core's code: the bound is one for all formats.</summary>
    private const string TooLarge = "PL1002";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a YAML file.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, is larger than 32 MiB, or is no YAML of the strict kind.</exception>
    public static PolicyText Load(string path) => Load(path, PolicyBounds.Default);

    /// <summary>Reads a YAML file within bounds of the host's own.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <param name="bounds">How large the document may be. No more of the file is read.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, is larger than <see cref="PolicyBounds.MaxBytes"/>, or is no YAML of the strict kind.</exception>
    public static PolicyText Load(string path, PolicyBounds bounds) => Parse(PolicyText.Load(path, bounds).Utf8Json, path, bounds);

    /// <summary>Reads YAML text.</summary>
    /// <param name="yaml">The document, at most 32 MiB as UTF-8.</param>
    /// <param name="source">A name: what diagnostics are shown under.</param>
    /// <exception cref="PolicyFormatException">It is no YAML of the strict kind.</exception>
    public static PolicyText Parse(string yaml, string source) => Parse(yaml, source, PolicyBounds.Default);

    /// <summary>Reads YAML text within bounds of the host's own.</summary>
    /// <param name="yaml">The document.</param>
    /// <param name="source">A name: what diagnostics are shown under.</param>
    /// <param name="bounds">How large the document may be.</param>
    /// <exception cref="PolicyFormatException">It is no YAML of the strict kind.</exception>
    public static PolicyText Parse(string yaml, string source, PolicyBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        try
        {
            return Parse(Strict.GetBytes(yaml), source, bounds);
        }
        catch (EncoderFallbackException)
        {
            throw YamlError.OfDocument(YamlCodes.Invalid, "the text holds half of a surrogate pair", source);
        }
    }

    private static PolicyText Parse(ReadOnlyMemory<byte> utf8, string source, PolicyBounds bounds)
    {
        if (utf8.Length > bounds.MaxBytes)
        {
            throw YamlError.OfDocument(TooLarge, FormattableString.Invariant($"the document has more than {bounds.MaxBytes} bytes in UTF-8; globs such as `list_*` make it smaller"), source);
        }

        ReadOnlySpan<byte> text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8.Span[3..] : utf8.Span;
        try
        {
            YamlConverter converted = YamlConverter.Convert(Strict.GetString(text), source, bounds);
            return new PolicyText(converted.Json, source, utf8, converted.Locate) { Bounds = bounds };
        }
        catch (DecoderFallbackException)
        {
            throw YamlError.OfDocument(YamlCodes.Invalid, "the document is not UTF-8; save it as UTF-8", source);
        }
    }
}

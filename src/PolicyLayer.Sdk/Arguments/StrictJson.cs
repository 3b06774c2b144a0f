using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Reads a JSON value as strictly as policy format section 4 asks: no duplicate key at any depth, every escape a whole character, within depth.</summary>
internal static class StrictJson
{
    /// <summary>How deep arguments may nest, the arguments' own object included.</summary>
    public const int MaxDepth = 64;

    /// <summary>What is wrong with a text that no Unicode text can be.</summary>
    public const string BrokenEscape = "a text in them has half of a surrogate pair";

    /// <summary>What is wrong with a text that RFC 8259 does not know.</summary>
    public const string NotJson = "they are not strict JSON";

    /// <summary>Says what is wrong with a value, or null.</summary>
    /// <param name="utf8">Text that some parser took for JSON, perhaps a looser one.</param>
    /// <param name="depth">How deep the value itself lies.</param>
    public static string? Problem(ReadOnlySpan<byte> utf8, int depth)
    {
        if (!Utf8.IsValid(utf8))
        {
            return "a text in them is not Unicode";
        }

        try
        {
            return ProblemOfText(utf8, depth);
        }
        catch (JsonException)
        {
            return NotJson;
        }
    }

    private static string? ProblemOfText(ReadOnlySpan<byte> utf8, int depth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        using var names = new NameStack();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (reader.CurrentDepth + depth >= MaxDepth)
                    {
                        return "they are nested deeper than 64 levels";
                    }

                    if (reader.TokenType == JsonTokenType.StartObject)
                    {
                        names.Open();
                    }

                    break;
                case JsonTokenType.EndObject:
                    if (names.CloseFindsDuplicate())
                    {
                        return "an object in them has the same key twice";
                    }

                    break;
                case JsonTokenType.PropertyName:
                    if (HasBrokenEscape(ref reader))
                    {
                        return BrokenEscape;
                    }

                    names.Add(ref reader);
                    break;
                case JsonTokenType.String when HasBrokenEscape(ref reader):
                    return BrokenEscape;
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>Whether a <c>\u</c> escape stands for half a character. Text without escapes of surrogates is not looked at twice.</summary>
    private static bool HasBrokenEscape(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return false;
        }

        ReadOnlySpan<byte> text = reader.ValueSpan;
        while (text.IndexOf((byte)'\\') is var escape and >= 0)
        {
            text = text[escape..];
            if (text[1] != 'u')
            {
                text = text[2..];
                continue;
            }

            int unit = Unit(text);
            bool paired = char.IsHighSurrogate((char)unit) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u' && char.IsLowSurrogate((char)Unit(text[6..]));
            if (char.IsSurrogate((char)unit) && !paired)
            {
                return true;
            }

            text = text[(paired ? 12 : 6)..];
        }

        return false;
    }

    /// <summary>The UTF-16 unit that <c>\uXXXX</c> at the start of a text stands for.</summary>
    private static int Unit(ReadOnlySpan<byte> text)
    {
        Span<byte> unit = stackalloc byte[2];
        Convert.FromHexString(Ascii(text.Slice(2, 4), stackalloc char[4]), unit, out _, out _);
        return (unit[0] << 8) | unit[1];
    }

    private static ReadOnlySpan<char> Ascii(ReadOnlySpan<byte> bytes, Span<char> buffer) => buffer[..Encoding.ASCII.GetChars(bytes, buffer)];
}

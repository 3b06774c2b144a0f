using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Numbers that .NET's decimals hold exactly, as NJsonSchema reckons with them.</summary>
internal static class ExactNumber
{
    private const int MaxDigits = 28;

    /// <summary>Reads a number of at most 28 digits without an exponent.</summary>
    public static bool TryRead(JsonElement value, out decimal number)
    {
        number = 0;
        if (value.ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        string text = value.GetRawText();
        return text.Count(char.IsAsciiDigit) <= MaxDigits && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}

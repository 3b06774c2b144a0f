using System.Globalization;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Amounts and maxima: exact decimals from 0 to 10^18 with at most 6 digits after the point.</summary>
internal static class ExactAmount
{
    /// <summary>Large enough for any budget in the smallest unit of any currency; small enough that sums stay exact.</summary>
    private const decimal Largest = 1_000_000_000_000_000_000m;

    /// <summary>Reads a JSON number; false when it is out of range or too fine.</summary>
    public static bool TryRead(ReadOnlySpan<byte> number, out decimal amount)
    {
        Span<byte> written = stackalloc byte[64];
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out amount)
            && amount is >= 0 and <= Largest
            && decimal.Round(amount, 6) == amount
            && amount.TryFormat(written, out int length, provider: CultureInfo.InvariantCulture)
            && ExactNumber.TryCompare(number, written[..length], out int order)
            && order == 0;
    }
}

using System.Runtime.InteropServices;

namespace PolicyLayer.Schemas.Values;

/// <summary>Tells exactly whether numbers are multiples of one decimal number, whatever their size.</summary>
/// <remarks>
/// Write the number as N·10ⁿ and the divisor as D·10ᵈ, neither N nor D ending in a zero. For n &lt; d the quotient N/(D·10ᵈ⁻ⁿ) is never whole, since N has no factor 10.
/// Else it is whole exactly when N·10ⁿ⁻ᵈ is 0 modulo D, which needs no number larger than D².
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DecimalDivisor
{
    /// <summary>More significant digits than this would not fit the arithmetic.</summary>
    public const int MaxDigits = 18;

    private readonly ulong _digits;
    private readonly long _exponent;

    /// <param name="divisor">Above zero, of at most <see cref="MaxDigits"/> digits.</param>
    public DecimalDivisor(scoped in DecimalDigits divisor)
    {
        for (int i = 0; i < divisor.Count; i++)
        {
            _digits = (_digits * 10) + (ulong)divisor[i];
        }

        _exponent = divisor.Exponent;
    }

    public bool Divides(scoped in DecimalDigits number)
    {
        if (number.IsZero)
        {
            return true;
        }

        long power = number.Exponent - _exponent;
        return power >= 0 && Multiply(Remainder(number), PowerOfTen(power)) == 0;
    }

    private ulong Remainder(scoped in DecimalDigits number)
    {
        ulong remainder = 0;
        for (int i = 0; i < number.Count; i++)
        {
            // Below 10^18 · 10 + 10, so it fits 64 bits.
            remainder = ((remainder * 10) + (ulong)number[i]) % _digits;
        }

        return remainder;
    }

    private ulong PowerOfTen(long power)
    {
        ulong result = 1 % _digits;
        ulong square = 10 % _digits;
        for (; power > 0; power >>= 1)
        {
            result = (power & 1) == 0 ? result : Multiply(result, square);
            square = Multiply(square, square);
        }

        return result;
    }

    private ulong Multiply(ulong a, ulong b) => (ulong)((UInt128)a * b % _digits);
}

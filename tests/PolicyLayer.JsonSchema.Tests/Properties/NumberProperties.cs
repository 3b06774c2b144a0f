using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Arithmetic on the text of numbers agrees with arithmetic on whole numbers of any size.</summary>
public sealed class NumberProperties
{
    /// <summary>Above all exponents and fraction digits that are generated, so that every number times ten to this power is whole.</summary>
    private const int Scale = 80;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5000).WithQuietOnSuccess(true);

    private static readonly Arbitrary<string[]> Pairs = Generators.Number.ArrayOf(2).ToArbitrary();

    [Fact]
    public void Order_is_that_of_the_values() => Prop.ForAll(Pairs, pair =>
        ExactNumber.TryCompare(Bytes(pair[0]), Bytes(pair[1]), out int order) && Math.Sign(order) == Scaled(pair[0]).CompareTo(Scaled(pair[1]))).Check(Many);

    [Fact]
    public void Small_numbers_are_read_as_they_are() => Prop.ForAll(Generators.Number.ToArbitrary(), number =>
        !ExactNumber.TryReadSmall(Bytes(number), out long value) || value * BigInteger.Pow(10, Scale) == Scaled(number)).Check(Many);

    [Fact]
    public void Integers_are_those_without_a_fraction() => Prop.ForAll(Generators.Number.ToArbitrary(), number =>
    {
        bool isInteger = (Scaled(number) % BigInteger.Pow(10, Scale)).IsZero;
        return ExactNumber.IsInteger(Bytes(number)) == isInteger && DecimalDigits.TryRead(Bytes(number), out DecimalDigits digits) && digits.IsInteger == isInteger;
    }).Check(Many);

    [Fact]
    public void Equal_numbers_have_equal_digits() => Prop.ForAll(Pairs, pair =>
    {
        bool areEqual = Scaled(pair[0]) == Scaled(pair[1]);
        return DecimalDigits.TryRead(Bytes(pair[0]), out DecimalDigits left) && DecimalDigits.TryRead(Bytes(pair[1]), out DecimalDigits right)
            && HaveEqualDigits(left, right) == areEqual;
    }).Check(Many);

    [Fact]
    public void Multiples_are_those_that_divide_without_a_remainder() => Prop.ForAll(
        Pairs.Filter(pair => DecimalDigits.TryRead(Bytes(pair[1]), out DecimalDigits divisor) && divisor is { IsZero: false, IsNegative: false, Count: <= DecimalDivisor.MaxDigits }),
        pair => DecimalDigits.TryRead(Bytes(pair[1]), out DecimalDigits divisor) && DecimalDigits.TryRead(Bytes(pair[0]), out DecimalDigits number)
            && new DecimalDivisor(divisor).Divides(number) == (Scaled(pair[0]) % Scaled(pair[1])).IsZero).Check(Many);

    [Fact]
    public void Counts_are_read_as_they_are() => Prop.ForAll(Generators.Number.ToArbitrary(), text =>
    {
        bool isCount = DecimalDigits.TryRead(Bytes(text), out DecimalDigits digits) & digits.TryGetCount(out long count);
        BigInteger value = Scaled(text);
        BigInteger whole = value / BigInteger.Pow(10, Scale);
        return isCount == (value.Sign >= 0 && (value % BigInteger.Pow(10, Scale)).IsZero)
            && (!isCount || whole == count || (count == long.MaxValue && whole >= BigInteger.Pow(10, 18)));
    }).Check(Many);

    private static bool HaveEqualDigits(scoped in DecimalDigits left, scoped in DecimalDigits right)
    {
        bool areEqual = left.IsNegative == right.IsNegative && left.Exponent == right.Exponent && left.Count == right.Count;
        for (int i = 0; areEqual && i < left.Count; i++)
        {
            areEqual = left[i] == right[i];
        }

        return areEqual;
    }

    private static byte[] Bytes(string number) => Encoding.UTF8.GetBytes(number);

    /// <summary>The number times ten to the power of <see cref="Scale"/>, by whole numbers alone.</summary>
    private static BigInteger Scaled(string number)
    {
        string[] parts = number.ToUpperInvariant().Split('E');
        int exponent = parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        BigInteger digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return digits * BigInteger.Pow(10, Scale + exponent - fraction);
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Comparison of JSON numbers against a model that computes with whole numbers of any size.</summary>
public sealed class OrderModelTests
{
    private static readonly Gen<string> Digits = Gen.Elements('0', '1', '9', '5').ListOf().Select(static digits => string.Concat(digits));

    /// <summary>Numbers in every notation, often the same one in two.</summary>
    private static readonly Gen<string> Numbers =
        from sign in Gen.Elements("", "-")
        from whole in Digits.Select(static digits => digits.TrimStart('0') is { Length: > 0 } significant ? significant : "0")
        from fraction in Gen.OneOf(Gen.Constant(string.Empty), Digits.Where(static digits => digits.Length > 0).Select(static digits => "." + digits))
        from exponent in Gen.OneOf(Gen.Constant(string.Empty), Gen.Elements("e", "E+", "e-", "e0").SelectMany(static e => Gen.Choose(0, 30).Select(power => e + power)))
        select sign + whole + fraction + exponent;

    [Fact]
    public void TryCompare_agrees_with_exact_fractions() =>
        Prop.ForAll(Numbers.ToArbitrary(), Numbers.ToArbitrary(), static (left, right) =>
            Compare(left, right) == Math.Sign(Exact(left, right, out BigInteger scaledRight).CompareTo(scaledRight)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void TryCompare_same_number_in_other_notation_is_equal() =>
        Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), static (number, shift) =>
        {
            int e = number.IndexOfAny(['e', 'E']);
            string mantissa = e < 0 ? number : number[..e];
            int power = e < 0 ? 0 : int.Parse(number[(e + 1)..], CultureInfo.InvariantCulture);
            string moved = mantissa + (mantissa.Contains('.', StringComparison.Ordinal) ? "" : ".") + new string('0', shift);
            moved = moved.EndsWith('.') ? moved + "0" : moved;
            return Compare(number, $"{moved}e{power}") == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static int Compare(string left, string right)
    {
        Assert.True(ExactNumber.TryCompare(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right), out int order));
        return order;
    }

    /// <summary>Both numbers times one power of ten that makes them whole.</summary>
    private static BigInteger Exact(string left, string right, out BigInteger scaledRight)
    {
        (BigInteger a, int powerOfA) = Read(left);
        (BigInteger b, int powerOfB) = Read(right);
        int least = Math.Min(powerOfA, powerOfB);
        scaledRight = b * BigInteger.Pow(10, powerOfB - least);
        return a * BigInteger.Pow(10, powerOfA - least);
    }

    private static (BigInteger Digits, int Power) Read(string number)
    {
        int e = number.IndexOfAny(['e', 'E']);
        int power = e < 0 ? 0 : int.Parse(number[(e + 1)..], CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? number : number[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? (BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), power)
            : (BigInteger.Parse(mantissa.Remove(point, 1), CultureInfo.InvariantCulture), power - (mantissa.Length - point - 1));
    }
}

using System.Text;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;

namespace PolicyLayer.Sdk.Tests.Parsing.Limits;

/// <summary>A span that is a number is read by its value, as every other number is: spelling says nothing.</summary>
public sealed class SpanNumberTests
{
    [Theory]
    [InlineData("60")]
    [InlineData("60.0")]
    [InlineData("6e1")]
    [InlineData("6.0E+1")]
    [InlineData("600e-1")]
    public void Spellings_of_one_number_are_one_window(string number)
    {
        DiagnosticBag diagnostics = Read(number, out LimitWindow? window);
        Assert.True(diagnostics.IsEmpty, "the policy is right");
        Assert.Equal(new LimitWindow("60s", TimeSpan.FromSeconds(60), CalendarUnit.FromEpoch), window);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-60")]
    [InlineData("0.5")]
    [InlineData("60.000001")]
    [InlineData("60.00000000000000000000000000000000001")]
    [InlineData("31622401")]
    [InlineData("1e999999999999")]
    [InlineData("1e-999999999999")]
    public void Number_that_is_no_whole_number_of_seconds_is_an_error(string number)
    {
        DiagnosticBag diagnostics = Read(number, out _);
        Assert.Equal(DiagnosticCodes.InvalidValue, Assert.Single(diagnostics.ToList()).Code);
    }

    private static DiagnosticBag Read(string number, out LimitWindow? window)
    {
        var diagnostics = new DiagnosticBag("p");
        string policy = $$"""{ "version": "1", "default": "deny", "tools": { "t": { "rate_limit": { "window": {{number}}, "max": 1 } } } }""";
        PolicyDocument? document = PolicyChecker.CheckWhole(Encoding.UTF8.GetBytes(policy), PolicyBounds.Default, diagnostics);
        window = document?.Tools[0].Limits.FirstOrDefault()?.Rule.CalendarWindow;
        return diagnostics;
    }
}

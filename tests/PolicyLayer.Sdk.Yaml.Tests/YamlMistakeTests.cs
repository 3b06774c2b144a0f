namespace PolicyLayer.Sdk.Yaml.Tests;

/// <summary>What is said of a text that is not YAML, in words of our own.</summary>
public sealed class YamlMistakeTests
{
    [Theory]
    [InlineData("a: [1\n", 2, 1, "`[` is not closed: a `]` is missing")]
    [InlineData("a: {b: 1\n", 2, 1, "`{` is not closed: a `}` is missing")]
    [InlineData("a: [1, 2\nb: 3\n", 1, 4, "`[` is not closed: a `]` is missing")]
    [InlineData("a: {x: y\nb: z\n", 1, 4, "`{` is not closed: a `}` is missing")]
    [InlineData("a: [b: c: d]\n", 1, 9, "a `,` or `]` is missing before `:`")]
    [InlineData("a: [x,,y]\n", 1, 7, "a value is missing before this `,`")]
    [InlineData("a: ,\n", 1, 4, "a text that begins with `,` is quoted")]
    [InlineData("a: ]\n", 1, 4, "`]` does not close what is open")]
    [InlineData("[a, b]]\n", 1, 7, "`]` does not close what is open")]
    [InlineData("a: b: c\n", 1, 5, "a second `:` where one value belongs; quote the text, or mend the indentation")]
    [InlineData("a: b\n c: d\n", 2, 3, "a second `:` where one value belongs; quote the text, or mend the indentation")]
    [InlineData("a:\n  b: 1\n c: 2\n", 3, 2, "this line is indented unlike those it belongs to, or has no `:` or `-` as they have")]
    [InlineData("a: 1\nb\n", 2, 1, "this line is indented unlike those it belongs to, or has no `:` or `-` as they have")]
    [InlineData("a: - b\n", 1, 4, "a list begins on a line of its own")]
    [InlineData("a: \"b\" c\n", 1, 8, "`c` follows a quoted text; quote all of it")]
    [InlineData("a: @b\n", 1, 4, "a text that begins with `@` is quoted")]
    [InlineData("a: `b\n", 1, 4, "a text that begins with ``` is quoted")]
    [InlineData("a: *\n", 1, 4, "a text that begins with `*` is quoted")]
    [InlineData("a: |x\n  b\n", 1, 4, "after `|` the line ends, and the text begins on the next one")]
    [InlineData("a:\n\t- b\n", 2, 1, "this line is indented with a tab; use spaces")]
    [InlineData("a: \"x\n", 1, 4, "a text is not closed: its last `\"` is missing")]
    [InlineData("a: 'x\n", 1, 4, "a text is not closed: its last `'` is missing")]
    [InlineData("a: \"C:\\q\"\n", 1, 4, "`\\q` is no escape; a back-slash itself is written `\\\\`, or stands between `'`")]
    [InlineData("a: \"\\u12G4\"\n", 1, 4, "`\\u` needs four digits from 0 to f")]
    public void Text_that_is_no_yaml_is_told_why(string yaml, int line, int column, string message)
    {
        PolicyDiagnostic found = Assert.Single(Assert.Throws<PolicyFormatException>(() => YamlPolicyText.Parse(yaml, "p.yaml")).Diagnostics);
        Assert.Equal(("PL4001", $"not valid YAML: {message}"), (found.Code, found.Message));
        Assert.Equal((line, column), (found.Line, found.Column));
    }
}

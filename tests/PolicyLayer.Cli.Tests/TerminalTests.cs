using System.Text;
using PolicyLayer.Cli.Output;

namespace PolicyLayer.Cli.Tests;

public sealed class TerminalTests
{
    // A model gives its tools names, and a person must see those, not what somebody made of them.
    [Theory]
    [InlineData(":skull:")]
    [InlineData("[bold]x[/] [[y]] [")]
    [InlineData("a:warning:b")]
    public void Text_in_colour_is_the_text(string text)
    {
        // A run of tests may be told to have no colours; no other test here depends on it.
        Environment.SetEnvironmentVariable("NO_COLOR", null);
        using var output = new Utf8Writer { NewLine = "\n" };
        new Terminal(new CommandStreams(Stream.Null, output, TextWriter.Null, IsPlain: false), noColor: false).Line((text, "red"), (text, string.Empty));
        Assert.Equal(2, output.ToString().Split(text).Length - 1);
    }

    /// <summary>As a terminal, which can show pictures.</summary>
    private sealed class Utf8Writer : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

using Spectre.Console;

namespace PolicyLayer.Cli.Output;

/// <summary>Text for people: with colours in a terminal, plain in a file or where somebody asked for it.</summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _out;

    public Terminal(CommandStreams streams, bool noColor)
    {
        _out = streams.Out;
        IsPlain = streams.IsPlain || noColor || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(streams.Out),
            Ansi = IsPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });

        Width = streams.IsPlain ? int.MaxValue : _console.Profile.Width;

        // The terminal itself breaks what is too long for it; a break of ours would come after each style anew.
        _console.Profile.Width = short.MaxValue;
    }

    public bool IsPlain { get; }

    /// <summary>How many cells a line of the terminal has; a file has no end of them.</summary>
    public int Width { get; init; }

    /// <summary>Writes a line; in a plain terminal the styles are left out. No line is broken, and no text can do anything to the terminal.</summary>
    public void Line(params ReadOnlySpan<(string Text, string Style)> parts)
    {
        foreach ((string given, string style) in parts)
        {
            string text = Printable.Of(given);
            if (IsPlain || style.Length == 0)
            {
                _out.Write(text);
            }
            else
            {
                // Not as markup, in which a name such as `:skull:` becomes a picture.
                _console.Write(new Text(text, Style.Parse(style)));
            }
        }

        _out.WriteLine();
    }
}

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
    }

    public bool IsPlain { get; }

    /// <summary>Writes a line; in a plain terminal the styles are left out, and no line is broken.</summary>
    public void Line(params ReadOnlySpan<(string Text, string Style)> parts)
    {
        foreach ((string text, string style) in parts)
        {
            if (IsPlain || style.Length == 0)
            {
                _out.Write(text);
            }
            else
            {
                _console.Markup($"[{style}]{Markup.Escape(text)}[/]");
            }
        }

        _out.WriteLine();
    }
}

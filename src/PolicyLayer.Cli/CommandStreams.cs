using System.Runtime.ExceptionServices;
using PolicyLayer.Cli.Output;

namespace PolicyLayer.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Input, where a file is named <c>-</c>.</param>
/// <param name="Out">Results.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="IsPlain">Whether results go to a file or another program, which wants no colours.</param>
internal sealed record CommandStreams(Stream In, TextWriter Out, TextWriter Error, bool IsPlain)
{
    /// <summary>Why results that were printed are lost; null where none are.</summary>
    private ExceptionDispatchInfo? _lost;

    /// <summary>Standard output as bytes, for what is no text of ours.</summary>
    public Stream Bytes { get; init; } = Stream.Null;

    /// <summary>One line of what is wrong, behind the results that were printed before it. Where nobody can be told, the exit code says it alone.</summary>
    public void WriteError(string line)
    {
        try
        {
            Out.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is wrong is told all the same, and the loss at the end.
            _lost ??= ExceptionDispatchInfo.Capture(e);
        }

        try
        {
            Error.WriteLine(Printable.Of(line));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The stream is closed or full.
        }
    }

    /// <summary>Writes what is left of the results.</summary>
    /// <exception cref="IOException">Some of them are lost.</exception>
    public async Task FlushAsync()
    {
        await Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        _lost?.Throw();
    }
}

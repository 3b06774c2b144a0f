using System.Globalization;
using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Calls read line by line, so that a long file takes no more memory than a short one.</summary>
internal static class CallLines
{
    /// <summary>Reads calls.</summary>
    /// <param name="stream">The lines; it stays the caller's to dispose.</param>
    /// <param name="name">How errors name it.</param>
    /// <param name="beforeWaiting">Called before more is read, which may wait.</param>
    /// <param name="defaultGrant">Whose calls they are when a line does not say.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="PolicyCasesException">A line is not a call.</exception>
    public static async IAsyncEnumerable<(CallLine Call, string Place)> ReadAsync(Stream stream, string name, Action beforeWaiting, Grant defaultGrant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(stream, beforeWaiting);
        for (int number = 1; ; number++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{name}({number})");
            if (await NextAsync(lines, place, cancellationToken).ConfigureAwait(false) is not { } line)
            {
                yield break;
            }

            if (number == 1 && line.Span.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return (CallLineReader.Read(line.Span, place, defaultGrant), place);
            }
        }
    }

    /// <summary>Opens a file of calls.</summary>
    /// <exception cref="PolicyCasesException">It cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            // The reader of lines has a buffer of its own.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PolicyCasesException(
                e is FileNotFoundException or DirectoryNotFoundException ? $"{path}: there is no such file (looked for `{Path.GetFullPath(path)}`)"
                : Directory.Exists(path) ? $"{path}: this is a folder; calls are a file of JSON lines"
                : $"{path}: the file cannot be read; check that it exists and may be read");
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> NextAsync(LineReader lines, string place, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new PolicyCasesException($"{place}: the line is longer than {LineReader.LongestLine >> 20} MiB; a call is one line");
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Replay;

/// <summary>The calls of a file, line by line, so that a long file takes no more memory than a short one.</summary>
internal static class CallSource
{
    /// <summary>Reads calls.</summary>
    /// <param name="path">The file, or <c>-</c> for the input of the command.</param>
    /// <param name="streams">The input of the command; and its output, which is flushed before more calls are waited for.</param>
    /// <param name="defaultGrant">Whose calls they are when a line does not say.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async IAsyncEnumerable<(CallLine Call, string Place)> ReadAsync(string path, CommandStreams streams, Grant defaultGrant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = path == PolicyFiles.StandardInput ? streams.In : Open(path);
        string name = PolicyFiles.NameOf(path);
        try
        {
            var lines = new LineReader(stream, streams.Out.Flush);
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
        finally
        {
            if (path != PolicyFiles.StandardInput)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
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
            throw new UsageException($"{place}: the line is longer than {LineReader.LongestLine >> 20} MiB; a call is one line");
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            // The reader of lines has a buffer of its own.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; calls are a file of JSON lines" : $"{path}: the file cannot be read; check that it exists and may be read");
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Replay;

/// <summary>The calls of a file, line by line, so that a long file takes no more memory than a short one.</summary>
internal static class CallSource
{
    /// <summary>Reads calls.</summary>
    /// <param name="path">The file, or <c>-</c> for the input of the command.</param>
    /// <param name="input">The input of the command.</param>
    /// <param name="defaultGrant">Whose calls they are when a line does not say.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async IAsyncEnumerable<(CallLine Call, string Place)> ReadAsync(string path, TextReader input, Grant defaultGrant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TextReader reader = path == "-" ? input : Open(path);
        string name = path == "-" ? "standard input" : path;
        try
        {
            for (int number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    string place = string.Create(CultureInfo.InvariantCulture, $"{name}({number})");
                    yield return (CallLineReader.Read(number == 1 ? line.TrimStart('\uFEFF') : line, place, defaultGrant), place);
                }
            }
        }
        finally
        {
            if (path != "-")
            {
                reader.Dispose();
            }
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; calls are a file of JSON lines" : $"{path}: the file cannot be read; check that it exists and may be read");
        }
    }
}

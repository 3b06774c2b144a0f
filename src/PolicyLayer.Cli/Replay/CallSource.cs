using System.Runtime.CompilerServices;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Replay;

/// <summary>The calls of a file, or of the input of a command.</summary>
internal static class CallSource
{
    /// <summary>Reads calls.</summary>
    /// <param name="path">The file, or <c>-</c> for the input of the command.</param>
    /// <param name="streams">The input of the command; and its output, which is flushed before more calls are waited for.</param>
    /// <param name="defaultGrant">Whose calls they are when a line does not say.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async IAsyncEnumerable<(CallLine Call, string Place)> ReadAsync(string path, CommandStreams streams, Grant defaultGrant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = path == PolicyFiles.StandardInput ? streams.In : CallLines.Open(path);
        try
        {
            await foreach ((CallLine Call, string Place) line in CallLines.ReadAsync(stream, PolicyFiles.NameOf(path), streams.Out.Flush, defaultGrant, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
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
}

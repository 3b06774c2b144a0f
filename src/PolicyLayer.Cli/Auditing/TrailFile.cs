using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The file of an audit trail, which a process may be writing.</summary>
internal static class TrailFile
{
    /// <summary>Checks a trail, however long, line by line.</summary>
    /// <param name="path">The file, or <c>-</c> for the input of the command.</param>
    /// <param name="input">That input.</param>
    /// <param name="key">The key that the trail is written with; empty for none.</param>
    /// <param name="checkpoint">A record that it must have; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static Task<AuditTrailReport> VerifyAsync(string path, Stream input, ReadOnlyMemory<byte> key, AuditCheckpoint? checkpoint, CancellationToken cancellationToken) =>
        // A pipe or a console is not read with a token, so it is left behind when somebody stops the command.
        Task.Run(() => VerifyHereAsync(path, input, key, checkpoint, cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);

    /// <summary>Opens a file that others may write, rename or delete meanwhile.</summary>
    /// <exception cref="UsageException">It cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>What is said of a file that cannot be read.</summary>
    public static UsageException Unreadable(string path, Exception failure) => new(PolicyFiles.WhyNotRead(path, failure, "an audit trail"));

    private static async Task<AuditTrailReport> VerifyHereAsync(string path, Stream input, ReadOnlyMemory<byte> key, AuditCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        if (path == PolicyFiles.StandardInput)
        {
            return AuditTrail.Verify(input, key, checkpoint, cancellationToken);
        }

        try
        {
            return await AuditTrail.VerifyAsync(() => Open(path), key, checkpoint, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }
}

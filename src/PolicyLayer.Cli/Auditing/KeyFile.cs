using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The file of the key that the hashes of an audit trail are made with.</summary>
internal static class KeyFile
{
    private const int MaxBytes = 1 << 16;

    /// <summary>Reads a key: the bytes of the file, without the line end that an editor or a command puts behind them.</summary>
    /// <returns>The key; empty where no file is named.</returns>
    /// <exception cref="UsageException">It cannot be read, or is too short. Nothing of it is said.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return default;
        }

        byte[] bytes = await SmallFile.ReadAsync(path, "a key", MaxBytes, cancellationToken).ConfigureAwait(false)
            ?? throw new UsageException($"{path}: there is no such file; a key is made with `openssl rand -hex 32`");
        ReadOnlyMemory<byte> key = bytes.AsMemory(0, bytes.Length - LineEnd(bytes));
        return key.Length >= AuditHash.ShortestKey
            ? key
            : throw new UsageException($"{path}: the key has {key.Length} bytes and needs at least {AuditHash.ShortestKey}; one is made with `openssl rand -hex 32`");
    }

    private static int LineEnd(ReadOnlySpan<byte> bytes) => bytes.EndsWith("\r\n"u8) ? 2 : bytes.EndsWith("\n"u8) ? 1 : 0;
}

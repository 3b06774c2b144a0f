using System.Security.Cryptography;
using System.Text;

namespace PolicyLayer.Sdk.Proxy.Grants;

/// <summary>A file of grants, read anew for every request: a change counts from the next one.</summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock that grants expire by.</param>
internal sealed class GrantFile(string path, TimeProvider time)
{
    /// <summary>The most that a file may hold.</summary>
    public const int MaxBytes = 4 << 20;

    private const string Scheme = "Bearer ";

    private volatile Known _known = new([], []);

    /// <summary>The entry whose token a header carries; null when there is none, or it has expired.</summary>
    /// <param name="authorization">The value of <c>Authorization</c>; null where there is none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="NotSupportedException">It is no file, but a pipe or a device.</exception>
    /// <exception cref="FormatException">It is no file of grants.</exception>
    public GrantEntry? Find(string? authorization)
    {
        IReadOnlyList<GrantEntry> entries = Read();
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        byte[] hash = HashOf(authorization[Scheme.Length..].Trim(' '));
        GrantEntry? found = null;
        foreach (GrantEntry entry in entries)
        {
            // All of them, each in the same time: how long it takes says nothing of a token.
            found = CryptographicOperations.FixedTimeEquals(entry.TokenHash, hash) ? entry : found;
        }

        return found is null || found.Expires <= time.GetUtcNow() ? null : found;
    }

    /// <summary>What a file has of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The text of a file, which is not looked at yet.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="NotSupportedException">It is no file, but a pipe or a device.</exception>
    /// <exception cref="FormatException">It is larger than any file of grants.</exception>
    public static byte[] ReadText(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        if (file.Length > MaxBytes)
        {
            throw new FormatException("it is larger than 4 MiB");
        }

        byte[] text = new byte[file.Length];
        file.ReadExactly(text);
        return text;
    }

    private IReadOnlyList<GrantEntry> Read()
    {
        byte[] text = ReadText(path);
        Known known = _known;
        if (!text.AsSpan().SequenceEqual(known.Text))
        {
            known = new Known(text, GrantFileReader.Read(text));
            _known = known;
        }

        return known.Entries.Count > 0 || text.Length > 0 ? known.Entries : throw new FormatException("it is empty");
    }

    private sealed record Known(byte[] Text, IReadOnlyList<GrantEntry> Entries);
}

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Absolute POSIX paths, compared after lexical normalisation. No file system is asked: symbolic links are not seen.</summary>
internal static class PosixPath
{
    /// <summary>What stands in a path for another character once somebody decodes it.</summary>
    private static readonly string[] Disguises = ["%2e", "%2f", "%5c", "%00", "%25"];

    /// <summary>Resolves <c>.</c>, <c>..</c> and doubled slashes.</summary>
    /// <param name="path">The path.</param>
    /// <param name="buffer">At least as long as the path; receives what <paramref name="normal"/> shows.</param>
    /// <param name="normal">Without a slash at the end; empty for the root.</param>
    /// <returns>False for everything that could mean another place: relative, climbing above the root, back-slashes, control characters, encoded dots and slashes.</returns>
    public static bool TryNormalize(ReadOnlySpan<char> path, Span<char> buffer, out ReadOnlySpan<char> normal)
    {
        normal = default;
        if (path is not ['/', ..] || HasDisguise(path))
        {
            return false;
        }

        int length = 0;
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> part = path[range];
            if (part is "" or ".")
            {
                continue;
            }

            if (part is "..")
            {
                if (length == 0)
                {
                    return false;
                }

                length = buffer[..length].LastIndexOf('/');
                continue;
            }

            buffer[length++] = '/';
            part.CopyTo(buffer[length..]);
            length += part.Length;
        }

        normal = buffer[..length];
        return true;
    }

    /// <summary>Whether a normal path is a normal folder, or lies below it.</summary>
    public static bool IsWithin(ReadOnlySpan<char> path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    private static bool HasDisguise(ReadOnlySpan<char> path)
    {
        foreach (char c in path)
        {
            if (c == '\\' || char.IsControl(c))
            {
                return true;
            }
        }

        if (!path.Contains('%'))
        {
            return false;
        }

        foreach (string disguise in Disguises)
        {
            if (path.Contains(disguise, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

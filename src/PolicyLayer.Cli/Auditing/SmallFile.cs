namespace PolicyLayer.Cli.Auditing;

/// <summary>Reads a file that is small, or is not the one that was meant.</summary>
internal static class SmallFile
{
    /// <summary>Reads all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, with its article.</param>
    /// <param name="most">How many bytes that has at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Its bytes; null where there is no such file.</returns>
    /// <exception cref="UsageException">It cannot be read, or is larger.</exception>
    public static Task<byte[]?> ReadAsync(string path, string what, int most, CancellationToken cancellationToken) =>
        // A pipe is not opened or read with a token, so it is left behind when somebody stops the command.
        Task.Run(() => Read(path, what, most), CancellationToken.None).WaitAsync(cancellationToken);

    /// <summary>Reads all of a stream, likewise.</summary>
    /// <exception cref="UsageException">It is larger.</exception>
    public static byte[] Read(Stream stream, string name, string what, int most)
    {
        byte[] bytes = new byte[most + 1];
        int size = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return size <= most ? bytes[..size] : throw new UsageException($"{name}: the file is larger than {most} bytes, so it is not {what}");
    }

    private static byte[]? Read(string path, string what, int most)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Read(stream, path, what, most);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; {what} is a file" : $"{path}: the file cannot be read; check that it is yours to read");
        }
    }
}

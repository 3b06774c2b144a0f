namespace PolicyLayer.Cli.Output;

/// <summary>Writes a file whole or not at all: what stood there before stays until all of the new is on the disk.</summary>
internal static class WholeFile
{
    /// <exception cref="UsageException">The file exists and must not be replaced, or it cannot be written.</exception>
    public static void Write(string path, string text, bool replace)
    {
        try
        {
            if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                // A device is written to; a file in its place would be the end of it.
                File.WriteAllText(path, text);
                return;
            }

            bool exists = File.Exists(path);
            string target = exists ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
            if (exists && !replace)
            {
                throw new UsageException($"{path}: the file exists; give another name, or --force to replace it");
            }

            WriteAndMove(target, text, exists);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; name a file" : $"{path}: the file cannot be written; check that its folder exists, may be written to and has room");
        }
    }

    private static void WriteAndMove(string target, string text, bool exists)
    {
        string unfinished = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                if (exists && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                }

                using var writer = new StreamWriter(stream);
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: exists);
        }
        catch
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw;
        }
    }
}

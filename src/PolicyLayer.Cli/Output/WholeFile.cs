using System.Text;
using PolicyLayer.Sdk.Files;

namespace PolicyLayer.Cli.Output;

/// <summary>Writes a file whole or not at all: what stood there before stays until all of the new is on the disk.</summary>
internal static class WholeFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="UsageException">The file exists and must not be replaced, or it cannot be written.</exception>
    public static void Write(string path, string text, bool replace) => Write(path, Encoding.UTF8.GetBytes(text), replace);

    /// <param name="path">The file.</param>
    /// <param name="utf8">All that it will hold.</param>
    /// <param name="replace">Whether it may exist.</param>
    /// <param name="ownerAlone">Whether a new file is for its owner alone. One that exists keeps its permissions.</param>
    /// <exception cref="UsageException">The file exists and must not be replaced, or it cannot be written.</exception>
    public static void Write(string path, byte[] utf8, bool replace, bool ownerAlone = false)
    {
        try
        {
            if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                // A device is written to; a file in its place would be the end of it.
                File.WriteAllBytes(path, utf8);
                return;
            }

            bool exists = File.Exists(path);
            if (exists && !replace)
            {
                throw new UsageException($"{path}: the file exists; give another name, or --force to replace it");
            }

            WriteAndMove(TargetOf(path), utf8, exists, ownerAlone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(path) ? $"{path}: this is a folder; name a file" : $"{path}: the file cannot be written; check that its folder exists, may be written to and has room");
        }
    }

    /// <summary>The file that is written: a link to one stays a link.</summary>
    public static string TargetOf(string path) => File.Exists(path) ? LinkedFile.TargetOf(path) : path;

    private static void WriteAndMove(string target, byte[] utf8, bool exists, bool ownerAlone)
    {
        string unfinished = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (ownerAlone && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerAlone;
            }

            using (var stream = new FileStream(unfinished, options))
            {
                if (exists && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                }

                stream.Write(utf8);
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

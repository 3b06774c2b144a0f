using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Policies;

/// <summary>Reads a policy file into memory, never more of it than a document may have.</summary>
internal static class PolicyFile
{
    /// <exception cref="PolicyFormatException">The file is missing, unreadable or too large.</exception>
    public static byte[] Read(string path, PolicyBounds bounds)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var buffer = new MemoryStream();
            byte[] block = new byte[81920];
            int read;
            while ((read = stream.Read(block)) > 0)
            {
                buffer.Write(block, 0, read);
                if (buffer.Length > bounds.MaxBytes)
                {
                    throw Error(path, DiagnosticCodes.TooLarge, bounds.TooLarge);
                }
            }

            return buffer.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error(path, DiagnosticCodes.Unreadable, $"there is no such file (looked for `{Path.GetFullPath(path)}`)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Error(path, DiagnosticCodes.Unreadable, Directory.Exists(path) ? "this is a folder; name a file" : "the file cannot be read; check that it exists and may be read");
        }
    }

    private static PolicyFormatException Error(string path, string code, string message) =>
        new([new PolicyDiagnostic(code, PolicySeverity.Error, message, path, 0, 0, string.Empty)]);
}

namespace PolicyLayer.Sdk.Files;

/// <summary>The file that a name leads to.</summary>
internal static class LinkedFile
{
    /// <summary>The last one behind links; the name itself where it is no link, or nothing is there.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be read.</exception>
    public static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return path;
        }
    }
}

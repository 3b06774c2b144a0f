namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy file that is read again when it has changed.</summary>
/// <param name="path">The file.</param>
/// <param name="load">Reads it.</param>
internal sealed class PolicyFileSource(string path, Func<ToolPolicy> load) : IPolicySource
{
    private Stamp _loaded;
    private Stamp _seen;

    public string Path => path;

    public ToolPolicy Load()
    {
        // Before it is read: what is written meanwhile is a change.
        _loaded = _seen = Stamp.Of(path);
        return load();
    }

    /// <summary>Whether it is another than the one that was loaded, and was the same at the last look: who writes it may be half-way.</summary>
    public bool HasChanged()
    {
        Stamp now = Stamp.Of(path);
        bool isStill = now == _seen;
        _seen = now;
        return isStill && now != _loaded;
    }

    private readonly record struct Stamp(DateTime Written, long Length)
    {
        /// <summary>Of a file that is not there, or cannot be looked at, the default.</summary>
        public static Stamp Of(string path)
        {
            try
            {
                // Of a link it is the file that counts: where a folder is swapped behind links, the links stay as they are.
                var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
                return file.Exists ? new Stamp(file.LastWriteTimeUtc, file.Length) : default;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return default;
            }
        }
    }
}

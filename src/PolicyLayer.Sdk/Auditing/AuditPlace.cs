using PolicyLayer.Sdk.Files;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Where a trail is written: a file by its name.</summary>
/// <param name="path">The file, or a link to it. Its folder must exist.</param>
internal sealed class AuditPlace(string path)
{
    /// <summary>The file itself: what a link leads to is asked once, for each of its names would have a lock of its own.</summary>
    private readonly Lazy<string> _target = new(() => Path.GetFullPath(LinkedFile.TargetOf(path)), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Keeps other writers out. On Unix, sharing a file for reading keeps no second writer out, and not sharing it keeps readers out; a lock file does neither.</summary>
    /// <exception cref="IOException">Another has it.</exception>
    public IDisposable Claim() => new FileStream(_target.Value + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

    /// <summary>Opens the file, made when missing.</summary>
    public Stream Open() => new FileStream(_target.Value, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);

    /// <summary>Whether a file is still the one of this name: one that was renamed, replaced or deleted would take records that nobody looks for there.</summary>
    public bool Holds(Stream file) => new FileInfo(_target.Value) is { Exists: true } named && named.Length == file.Length;
}

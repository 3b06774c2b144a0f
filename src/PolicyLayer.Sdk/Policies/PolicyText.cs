using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Policies;

namespace PolicyLayer.Sdk;

/// <summary>A policy document as JSON, and where each byte of it stands for whoever wrote it. The seam for other formats than JSON.</summary>
public sealed class PolicyText
{
    private readonly Func<int, (int Line, int Column)>? _locate;

    /// <summary>Takes a document that is written in JSON.</summary>
    /// <param name="utf8Json">The document in UTF-8. Not copied; it must not change.</param>
    /// <param name="source">The file, or a name: what diagnostics are shown under.</param>
    public PolicyText(ReadOnlyMemory<byte> utf8Json, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Utf8Json = utf8Json;
        Original = utf8Json;
        Source = source;
    }

    /// <summary>Takes a document that was written in another format.</summary>
    /// <param name="utf8Json">The same document in JSON.</param>
    /// <param name="source">The file, or a name: what diagnostics are shown under.</param>
    /// <param name="original">The document as it was written; its hash is the policy's version.</param>
    /// <param name="locate">From a byte of the JSON to the line and the column in the original, both from 1. Pure.</param>
    public PolicyText(ReadOnlyMemory<byte> utf8Json, string source, ReadOnlyMemory<byte> original, Func<int, (int Line, int Column)> locate)
        : this(utf8Json, source)
    {
        ArgumentNullException.ThrowIfNull(locate);
        Original = original;
        _locate = locate;
    }

    /// <summary>The document in JSON.</summary>
    public ReadOnlyMemory<byte> Utf8Json { get; }

    /// <summary>The document as it was written.</summary>
    public ReadOnlyMemory<byte> Original { get; }

    /// <summary>What diagnostics are shown under.</summary>
    public string Source { get; }

    /// <summary>How large the document may be; at first <see cref="PolicyBounds.Default"/>.</summary>
    public PolicyBounds Bounds { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = PolicyBounds.Default;

    /// <summary>Reads a JSON file.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, or is larger than 32 MiB.</exception>
    public static PolicyText Load(string path) => Load(path, PolicyBounds.Default);

    /// <summary>Reads a JSON file within bounds of the host's own.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    /// <param name="bounds">How large the document may be. No more of the file is read.</param>
    /// <exception cref="PolicyFormatException">The file cannot be read, or is larger than <see cref="PolicyBounds.MaxBytes"/>.</exception>
    public static PolicyText Load(string path, PolicyBounds bounds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(bounds);
        return new PolicyText(PolicyFile.Read(path, bounds), path) { Bounds = bounds };
    }

    internal DiagnosticBag CreateBag() => new(Source, _locate is null ? null : new Positions(_locate));

    private sealed class Positions(Func<int, (int Line, int Column)> locate) : ITextPositions
    {
        public (int Line, int Column) Locate(int offset) => locate(offset);
    }
}

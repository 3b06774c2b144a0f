using System.Runtime.CompilerServices;
using PolicyLayer.Sdk.Policies;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Sdk.Testing;

/// <summary>Calls and what they expect, one JSON object a line: what <c>policylayer eval --calls</c> reads.</summary>
public sealed class PolicyTestCases
{
    private const string DefaultName = "cases";

    private readonly Func<Stream> _open;
    private readonly bool _isOurs;

    private PolicyTestCases(string name, Func<Stream> open, bool isOurs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _open = open;
        _isOurs = isOurs;
    }

    /// <summary>What results and errors name them by: the file's path as it was given, or the name of a text or stream.</summary>
    public string Name { get; }

    /// <summary>Cases in a file, which is read anew by each run.</summary>
    /// <param name="path">The file; a relative path starts at the current directory.</param>
    public static PolicyTestCases FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new PolicyTestCases(path, () => CallLines.Open(path), isOurs: true);
    }

    /// <summary>Cases in a text.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What results and errors name them by.</param>
    public static PolicyTestCases FromText(string lines, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(lines);
        byte[] utf8 = Utf8Text.From(lines);
        return new PolicyTestCases(name, () => new MemoryStream(utf8, writable: false), isOurs: true);
    }

    /// <summary>Cases in a stream, such as a resource of the test's assembly.</summary>
    /// <param name="stream">The lines in UTF-8, for one run, which reads from where the stream stands. It stays the caller's to dispose, but not while the run is under way, nor at once after it was cancelled.</param>
    /// <param name="name">What results and errors name them by.</param>
    public static PolicyTestCases FromStream(Stream stream, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new PolicyTestCases(name, () => stream, isOurs: false);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal async IAsyncEnumerable<(CallLine Call, string Place)> ReadAsync(Grant defaultGrant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = _open();
        try
        {
            await foreach ((CallLine Call, string Place) line in CallLines.ReadAsync(stream, Name, static () => { }, defaultGrant, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }
        }
        finally
        {
            if (_isOurs)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

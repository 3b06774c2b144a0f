using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>A trail that is read on as it grows. Another file may take its name, or it may be cut and begun anew.</summary>
internal sealed class FollowedTrail : IDisposable
{
    /// <summary>More than the hash that ends a line, so no other trail has the same bytes there.</summary>
    private const int MostMark = 256;

    private readonly string _path;
    private FileStream _file;

    /// <summary>Behind the last whole line that was read.</summary>
    private long _position;

    /// <summary>What stands before that place, to tell the file by.</summary>
    private byte[] _mark = [];

    /// <exception cref="UsageException">The file cannot be opened, or is a pipe.</exception>
    public FollowedTrail(string path)
    {
        _path = path;
        _file = Open(path);
    }

    /// <summary>Reads to the end and keeps the last lines.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="take">What is kept of a line, which is valid no longer than that; null of one that does not count.</param>
    /// <param name="cancellationToken">Stops.</param>
    public IReadOnlyCollection<T> ReadLast<T>(int count, Func<ReadOnlyMemory<byte>, T?> take, CancellationToken cancellationToken)
        where T : class
    {
        var last = new Queue<T>();
        foreach (ReadOnlyMemory<byte> line in ReadOn(cancellationToken))
        {
            if (count == 0 || take(line) is not { } taken)
            {
                continue;
            }

            if (last.Count == count)
            {
                last.Dequeue();
            }

            last.Enqueue(taken);
        }

        return last;
    }

    /// <summary>The whole lines that were written since; each is valid until the next. Of a file that has taken the place of the one before, all.</summary>
    /// <exception cref="UsageException">The file cannot be opened any more. One that is missing is waited for.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> ReadNew(CancellationToken cancellationToken)
    {
        // Whoever renames a file may go on writing it.
        if (TryOpen() is not { } now)
        {
            return ReadOn(cancellationToken);
        }

        bool isAnother = !IsMarkIn(now);
        ReadOnlyMemory<byte>[] rest = isAnother && IsMarkIn(_file) ? [.. ReadOn(cancellationToken).Select(static line => line.ToArray())] : [];
        _file.Dispose();
        _file = now;
        if (isAnother)
        {
            (_position, _mark) = (0, []);
        }

        return rest.Concat(ReadOn(cancellationToken));
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        FileStream file = TrailFile.Open(path);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new UsageException($"{path}: this is a pipe or a device, which cannot be followed; an audit trail is a file");
        }

        return file;
    }

    private FileStream? TryOpen() => File.Exists(_path) || Directory.Exists(_path) ? Open(_path) : null;

    private IEnumerable<ReadOnlyMemory<byte>> ReadOn(CancellationToken cancellationToken)
    {
        _file.Position = _position;
        foreach (AuditTrailLine line in AuditTrailLine.ReadAll(_file).TakeWhile(static line => line.IsEnded))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _position += line.Length;
            yield return line.Text;
        }

        _mark = ReadBefore(_file, (int)Math.Min(_position, MostMark));
    }

    private bool IsMarkIn(FileStream file) => _mark.AsSpan().SequenceEqual(ReadBefore(file, _mark.Length));

    private byte[] ReadBefore(FileStream file, int length)
    {
        byte[] bytes = new byte[length];
        file.Position = _position - length;
        return bytes[..file.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }
}

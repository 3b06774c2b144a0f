using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Appends records to a file, one JSON object a line, each handed to the operating system before the call goes on.</summary>
internal sealed class JsonLinesAuditSink : IAuditSink, IDisposable
{
    private readonly Lock _writing = new();
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly ArrayBufferWriter<byte> _hashed = new(1024);
    private readonly string _path = string.Empty;
    private readonly TimeProvider _time;
    private readonly Func<Stream> _open;
    private readonly Func<IDisposable?> _claim;
    private readonly Func<Stream, bool> _holds;
    private readonly ReadOnlyMemory<byte> _key;
    private readonly ArgumentsMac? _mac;
    private IDisposable? _claimed;
    private Stream? _file;
    private AuditFileEnd _last;

    /// <summary>Whether the last line is known: while the file is claimed nobody else goes on with the chain, whatever becomes of the file.</summary>
    private bool _isBegun;
    private bool _isDisposed;

    /// <param name="path">The file, made when missing; its folder must exist. Held alone while open, by a file beside it whose name ends in <c>.lock</c>.</param>
    /// <param name="time">The clock of the first and last line.</param>
    /// <param name="key">The key of the lines' hashes; empty for none.</param>
    public JsonLinesAuditSink(string path, TimeProvider time, ReadOnlyMemory<byte> key = default)
        : this(new AuditPlace(path), time) => (_path, _key, _mac) = (path, key, key.IsEmpty ? null : new ArgumentsMac(key.Span));

    internal JsonLinesAuditSink(Func<Stream> open, TimeProvider time)
    {
        _open = open;
        _time = time;
        _claim = static () => null;
        _holds = static _ => true;
    }

    private JsonLinesAuditSink(AuditPlace place, TimeProvider time)
        : this(place.Open, time) => (_claim, _holds) = (place.Claim, place.Holds);

    /// <summary>Opens the file, so that a host which cannot write its audit fails when it starts and not at the first call.</summary>
    public void Open()
    {
        lock (_writing)
        {
            Opened();
        }
    }

    /// <summary>Why a file could not be opened, for people; null where something else went wrong.</summary>
    public string? WhyNotOpen(Exception failure) => failure switch
    {
        _ when Directory.Exists(_path) => $"the audit file `{_path}` cannot be opened: this is a folder",
        DirectoryNotFoundException => $"the audit file `{_path}` cannot be opened: there is no such folder",
        IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException =>
            $"the audit file `{_path}` cannot be opened for writing, or another process holds it: {failure.Message}",
        _ => null,
    };

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        // Large arguments take their time, and nobody else need wait for that.
        string? argumentsMac = _mac?.Of(record);
        lock (_writing)
        {
            try
            {
                Stream file = Opened();
                using Utf8JsonWriter writer = Begin();
                AuditLine.Write(writer, record, _last.Sequence + 1, argumentsMac);
                Append(file, writer);
            }
            finally
            {
                // A call that is settled after its host has ended is recorded all the same; nobody closes the file after it.
                if (_isDisposed)
                {
                    End();
                }
            }
        }

        return default;
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isDisposed = true;
            End();
        }
    }

    private void End()
    {
        try
        {
            if (_file is not null)
            {
                AppendMark(_file, "stop");
            }
        }
        catch (IOException)
        {
            // The disk is full or gone. The trail then ends without its last line, which is what happened.
        }

        Close();
        _isBegun = false;
        _claimed?.Dispose();
        _claimed = null;
    }

    private Stream Opened()
    {
        if (_file is not null && !_holds(_file))
        {
            Close();
        }

        if (_file is null)
        {
            _claimed ??= _claim();
            _file = _open();
            try
            {
                _last = _isBegun ? _last.MovedTo(_file) : AuditFileEnd.Find(_file);
                AppendMark(_file, "start");
                _isBegun = true;
            }
            catch
            {
                Close();
                throw;
            }
        }

        return _file;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private Utf8JsonWriter Begin()
    {
        _line.ResetWrittenCount();
        return new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private void AppendMark(Stream file, string kind)
    {
        using Utf8JsonWriter writer = Begin();
        AuditLine.WriteMark(writer, kind, _last.Sequence + 1, _time.GetUtcNow());
        Append(file, writer);
    }

    /// <summary>Appends the line, or nothing: a torn line is cut off again, so that a full disk never makes the file unreadable.</summary>
    private void Append(Stream file, Utf8JsonWriter writer)
    {
        if (file.Position != file.Length)
        {
            // Somebody else has cut the file or written to it. Where we were would be a hole, or in his text.
            _last = _last.MovedTo(file);
        }

        var written = new AuditFileEnd(_last.Sequence + 1, Link(writer), IsOpen: false);
        _line.Write("\n"u8);
        long end = file.Position;
        try
        {
            // In one piece: a torn line that is ended, and that nothing follows, would pass for one that was put in.
            file.Write(_last.IsOpen ? [(byte)'\n', .. _line.WrittenSpan] : _line.WrittenSpan);
            file.Flush();
            _last = written;
        }
        catch
        {
            CutOff(file, end);
            throw;
        }
    }

    /// <summary>Ends the line with the hash of the one before and its own.</summary>
    /// <returns>Its own.</returns>
    private string Link(Utf8JsonWriter writer)
    {
        if (_last.Hash is not null)
        {
            writer.WriteString("prev"u8, _last.Hash);
        }

        writer.Flush();
        string hash = HashOf([.. _line.WrittenSpan, (byte)'}']);
        writer.WriteString(CanonicalLine.Hash, hash);
        writer.WriteEndObject();
        writer.Flush();
        return hash;
    }

    private string HashOf(ReadOnlySpan<byte> line)
    {
        _hashed.ResetWrittenCount();
        Encoding.UTF8.GetBytes(_last.Hash, _hashed);
        _hashed.Write("\n"u8);
        return CanonicalLine.TryWrite(line, _hashed) ? AuditHash.OfText(_key.Span, _hashed.WrittenSpan) : AuditHash.Of(_key.Span, _last.Hash, JsonElement.Parse(line));
    }

    private void CutOff(Stream file, long end)
    {
        try
        {
            file.SetLength(end);
            file.Position = end;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            // The torn line stays; opening the file anew ends it.
            Close();
        }
    }
}

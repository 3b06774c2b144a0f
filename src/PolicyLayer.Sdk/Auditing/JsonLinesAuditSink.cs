using System.Buffers;
using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Appends records to a file, one JSON object a line, each handed to the operating system before the call goes on.</summary>
internal sealed class JsonLinesAuditSink : IAuditSink, IDisposable
{
    private readonly Lock _writing = new();
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly TimeProvider _time;
    private readonly Func<Stream> _open;
    private readonly Func<IDisposable?> _claim;
    private IDisposable? _claimed;
    private Stream? _file;
    private long _sequence;
    private bool _isDisposed;

    /// <param name="path">The file, made when missing; its folder must exist. Held alone while open, by a file beside it whose name ends in <c>.lock</c>.</param>
    /// <param name="time">The clock of the first and last line.</param>
    public JsonLinesAuditSink(string path, TimeProvider time)
        : this(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1), time, () => Claim(path))
    {
    }

    internal JsonLinesAuditSink(Func<Stream> open, TimeProvider time, Func<IDisposable?>? claim = null)
    {
        _open = open;
        _time = time;
        _claim = claim ?? (static () => null);
    }

    /// <summary>Opens the file, so that a host which cannot write its audit fails when it starts and not at the first call.</summary>
    public void Open()
    {
        lock (_writing)
        {
            Opened();
        }
    }

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            try
            {
                Stream file = Opened();
                AuditLine.Write(Begin(), record, _sequence + 1);
                Append(file);
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
                AuditLine.WriteMark(Begin(), "stop", _sequence + 1, _time.GetUtcNow());
                Append(_file);
            }
        }
        catch (IOException)
        {
            // The disk is full or gone. The trail then ends without its last line, which is what happened.
        }

        Close();
        _claimed?.Dispose();
        _claimed = null;
    }

    private Stream Opened()
    {
        if (_file is null)
        {
            _claimed ??= _claim();
            _file = _open();
            try
            {
                _sequence = AuditFileEnd.Repair(_file);
                AuditLine.WriteMark(Begin(), "start", _sequence + 1, _time.GetUtcNow());
                Append(_file);
            }
            catch
            {
                Close();
                throw;
            }
        }

        return _file;
    }

    /// <summary>On Unix, sharing a file for reading keeps no second writer out, and not sharing it keeps readers out; a lock file does neither.</summary>
    private static FileStream Claim(string path) =>
        new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);

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

    /// <summary>Appends the line, or nothing: a torn line is cut off again, so that a full disk never makes the file unreadable.</summary>
    private void Append(Stream file)
    {
        _line.Write("\n"u8);
        long end = file.Position;
        try
        {
            file.Write(_line.WrittenSpan);
            file.Flush();
            _sequence++;
        }
        catch
        {
            CutOff(file, end);
            throw;
        }
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

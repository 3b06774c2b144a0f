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
    private Stream? _file;
    private long _sequence;

    /// <param name="path">The file, made when missing; its folder must exist. Held alone while open.</param>
    /// <param name="time">The clock of the first and last line.</param>
    public JsonLinesAuditSink(string path, TimeProvider time)
        : this(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1), time)
    {
    }

    internal JsonLinesAuditSink(Func<Stream> open, TimeProvider time)
    {
        _open = open;
        _time = time;
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
            Stream file = Opened();
            AuditLine.Write(Begin(), record, ++_sequence);
            Append(file);
        }

        return default;
    }

    public void Dispose()
    {
        lock (_writing)
        {
            if (_file is null)
            {
                return;
            }

            try
            {
                AuditLine.WriteMark(Begin(), "stop", ++_sequence, _time.GetUtcNow());
                Append(_file);
            }
            catch (IOException)
            {
                // The disk is full or gone. The trail then ends without its last line, which is what happened.
            }

            _file.Dispose();
            _file = null;
        }
    }

    private Stream Opened()
    {
        if (_file is null)
        {
            Stream file = _open();
            _sequence = AuditFileEnd.Repair(file);
            _file = file;
            AuditLine.WriteMark(Begin(), "start", ++_sequence, _time.GetUtcNow());
            Append(file);
        }

        return _file;
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
        }
        catch
        {
            _sequence--;
            file.SetLength(end);
            file.Position = end;
            throw;
        }
    }
}

using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>An audit sink that keeps each record as its line, and fails or waits when told to.</summary>
internal sealed class RecordingSink : IAuditSink
{
    private readonly List<string> _lines = [];

    public Func<AuditRecord, ValueTask>? Before { get; set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public async ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (Before is not null)
        {
            await Before(record);
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            AuditLine.Write(writer, record, 1);
            writer.WriteEndObject();
        }

        lock (_lines)
        {
            _lines.Add(Encoding.UTF8.GetString(stream.ToArray()));
        }
    }
}

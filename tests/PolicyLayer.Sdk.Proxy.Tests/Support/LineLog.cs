using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A stream that keeps what is written, write by write.</summary>
internal sealed class LineLog(List<string> lines) : MemoryStream
{
    private readonly Lock _lock = new();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            lines.Add(Encoding.UTF8.GetString(buffer.Span));
        }

        return default;
    }
}

using System.Buffers;
using System.Text;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>One of the two outputs of a run, bounded by the host itself.</summary>
internal sealed class OutputBuffer(int limit)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public bool IsTruncated { get; set; }

    /// <summary>Adds what fits.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        int room = limit - _bytes.WrittenCount;
        if (content.Length > room)
        {
            IsTruncated = true;
            content = content[..room];
        }

        _bytes.Write(content);
    }

    /// <summary>The text, without the broken last character that cutting can leave.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = _bytes.WrittenSpan;
        return Encoding.UTF8.GetString(IsTruncated ? WholeCharacters(bytes) : bytes);
    }

    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            if ((bytes[^back] & 0xC0) == 0x80)
            {
                continue;
            }

            return Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? bytes[..^back] : bytes;
        }

        return bytes;
    }
}

using System.Text;

namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>Turns byte offsets of a UTF-8 text into lines and columns, both from 1; columns count UTF-16 units, as editors do.</summary>
internal sealed class LineMap : ITextPositions
{
    private readonly byte[] _text;
    private readonly List<int> _starts = [0];

    public LineMap(ReadOnlySpan<byte> text)
    {
        _text = text.ToArray();
        for (int i = 0; i < _text.Length; i++)
        {
            if (_text[i] == '\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    public (int Line, int Column) Locate(int offset)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        int index = _starts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        int column = Encoding.UTF8.GetCharCount(_text.AsSpan(_starts[line], offset - _starts[line]));
        return (line + 1, column + 1);
    }

    /// <summary>The offset of a position as <see cref="System.Text.Json.JsonException"/> gives it: both from 0, the second in bytes.</summary>
    public int Offset(long line, long byteInLine) =>
        line < _starts.Count ? (int)Math.Min(_starts[(int)line] + byteInLine, _text.Length) : _text.Length;
}

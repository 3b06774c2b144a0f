using System.Text;
using System.Text.Json;

namespace PolicyLayer.Cli.Grants;

/// <summary>The text of a file of grants, changed only where it must be: all else keeps its bytes.</summary>
/// <param name="utf8">A text that the reader of the proxy takes.</param>
internal sealed class GrantsText(byte[] utf8)
{
    private readonly GrantsLayout _layout = GrantsLayout.Of(utf8);

    public static GrantsText Empty { get; } = new("{\n  \"grants\": []\n}\n"u8.ToArray());

    public byte[] Utf8 => utf8;

    /// <summary>With one more grant, behind the others and laid out as they are.</summary>
    public GrantsText Add(Action<Utf8JsonWriter> write)
    {
        bool isFirst = _layout.Entries.Count == 0;
        string lead = isFirst ? "\n    " : Text(_layout.Start, _layout.Entries[0].Start);
        string entry = Entry(write, lead);
        return isFirst
            ? Replace(_layout.Start, _layout.End, lead + entry + "\n  ")
            : Replace(_layout.Entries[^1].End, _layout.Entries[^1].End, "," + lead + entry);
    }

    /// <summary>Without a grant.</summary>
    public GrantsText Remove(int index)
    {
        IReadOnlyList<GrantsLayout.Entry> entries = _layout.Entries;
        return entries.Count == 1 ? Replace(_layout.Start, _layout.End, string.Empty)
            : index == 0 ? Replace(entries[0].Start, entries[1].Start, string.Empty)
            : Replace(entries[index - 1].End, entries[index].End, string.Empty);
    }

    /// <summary>With another text as a member of a grant, which it need not have had.</summary>
    public GrantsText Set(int index, string name, string value)
    {
        GrantsLayout.Entry entry = _layout.Entries[index];
        string text = $"\"{JsonEncodedText.Encode(value)}\"";
        if (entry.Members.TryGetValue(name, out (int Start, int End) old))
        {
            return Replace(old.Start, old.End, text);
        }

        int behind = entry.Members["id"].End;
        return Replace(behind, behind, $",{(entry.Lead.Length == 0 ? " " : entry.Lead)}\"{name}\": {text}");
    }

    private static string Entry(Action<Utf8JsonWriter> write, string lead)
    {
        int line = lead.LastIndexOf('\n');
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = line >= 0, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        // No text of JSON holds a line break, so each of these is one of the layout.
        return Encoding.UTF8.GetString(buffer.ToArray()).Replace("\n", "\n" + lead[(line + 1)..], StringComparison.Ordinal);
    }

    private string Text(int start, int end) => Encoding.UTF8.GetString(utf8, start, end - start);

    private GrantsText Replace(int start, int end, string text) => new([.. utf8.AsSpan(0, start), .. Encoding.UTF8.GetBytes(text), .. utf8.AsSpan(end)]);
}

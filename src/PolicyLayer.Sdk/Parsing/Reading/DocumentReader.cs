using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PolicyLayer.Sdk.Parsing.Checking;

namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>Reads JSON text into nodes with positions, within the bounds of policy format section 1. No recursion: depth costs no stack.</summary>
internal static class DocumentReader
{
    /// <summary>Up to so many members are compared each with each.</summary>
    private const int FewMembers = 8;

    /// <summary>Reads the document.</summary>
    /// <param name="utf8">The text; a UTF-8 byte order mark is skipped by the caller.</param>
    /// <param name="bounds">How large it may be.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="entries">Takes the entries of <c>tools</c>, which then stand in no tree; null leaves them there.</param>
    /// <returns>The root, or null when the text is not a JSON document within the bounds, or the entries are given up.</returns>
    public static DocumentNode? Read(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics, EntryStream? entries = null)
    {
        if (!IsText(utf8, bounds, diagnostics))
        {
            return null;
        }

        var lines = new LineMap(utf8);
        diagnostics.Positions ??= lines;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = bounds.MaxDepth + 2 });
        var open = new OpenNodes();
        int read = 0;
        try
        {
            return ReadTokens(ref reader, open, bounds.MaxDepth, ref read, diagnostics, entries);
        }
        catch (JsonException e)
        {
            int offset = lines.Offset(e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
            string mistake = JsonMistake.Describe(utf8, read, offset, open.Innermost?.Kind ?? JsonValueKind.Undefined, isComplete: read > 0 && open.Depth == 0);
            diagnostics.ErrorAt(DiagnosticCodes.InvalidJson, offset, $"not valid JSON: {mistake}{(diagnostics.IsYaml ? "; policies in YAML are read by PolicyLayer.Sdk.Yaml" : string.Empty)}");
            return null;
        }
    }

    private static bool IsText(ReadOnlySpan<byte> utf8, PolicyBounds bounds, DiagnosticBag diagnostics)
    {
        if (utf8.Length > bounds.MaxBytes)
        {
            diagnostics.ErrorOfDocument(DiagnosticCodes.TooLarge, bounds.TooLarge);
            return false;
        }

        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            diagnostics.ErrorOfDocument(DiagnosticCodes.InvalidJson, "the document is empty; the least policy is `{ \"version\": \"1\", \"default\": \"deny\" }`");
            return false;
        }

        if (utf8.Length >= 2 && (utf8[0] >= 0xFE || utf8[0] == 0 || utf8[1] == 0))
        {
            diagnostics.ErrorOfDocument(DiagnosticCodes.WrongEncoding, "the document is not UTF-8 (it looks like UTF-16 or UTF-32); save it as UTF-8");
            return false;
        }

        if (!Utf8.IsValid(utf8))
        {
            diagnostics.Positions ??= new LineMap(utf8);
            diagnostics.ErrorAt(DiagnosticCodes.WrongEncoding, FirstInvalidByte(utf8), "the document is not UTF-8: this byte begins no character; save it as UTF-8");
            return false;
        }

        return true;
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    /// <param name="reader">At the start.</param>
    /// <param name="open">Receives what is open.</param>
    /// <param name="maxDepth">How many may be open.</param>
    /// <param name="read">Receives where the last token ends that was read without a mistake.</param>
    /// <param name="diagnostics">Receives what is wrong with values.</param>
    /// <param name="entries">Takes the entries of <c>tools</c>.</param>
    private static DocumentNode? ReadTokens(ref Utf8JsonReader reader, OpenNodes open, int maxDepth, ref int read, DiagnosticBag diagnostics, EntryStream? entries)
    {
        var texts = new TextPool();
        string? name = null;
        int nameOffset = 0;
        DocumentNode? root = null;

        while (reader.Read())
        {
            read = (int)reader.BytesConsumed;
            int offset = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameOffset = offset;
                    name = Text(ref reader, texts);
                    if (name is null)
                    {
                        name = string.Empty;
                        Unreadable(open.Innermost!, offset, diagnostics);
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    DocumentNode closed = open.Close();
                    ReportTwins(closed, diagnostics);
                    if (entries is not null && entries.Take(closed, read))
                    {
                        open.Drop(closed);
                        if (entries.IsGivenUp)
                        {
                            return null;
                        }
                    }

                    break;
                default:
                    string? text = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? Text(ref reader, texts) : null;
                    var node = new DocumentNode(open.Innermost, name, open.Siblings, name is null ? offset : nameOffset, Kind(reader.TokenType))
                    {
                        Text = text ?? (reader.TokenType == JsonTokenType.String ? string.Empty : null),
                    };
                    name = null;
                    open.Add(node);
                    root ??= node;
                    if (reader.TokenType == JsonTokenType.String && text is null)
                    {
                        Unreadable(node, offset, diagnostics);
                    }

                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        if (open.Depth == maxDepth)
                        {
                            diagnostics.Error(DiagnosticCodes.TooDeep, node, string.Create(CultureInfo.InvariantCulture, $"the document is nested deeper than {maxDepth} levels"));
                            return null;
                        }

                        open.Open(node);
                    }

                    break;
            }
        }

        return root;
    }

    /// <summary>Reports every name that stands in an object again.</summary>
    private static void ReportTwins(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node.Kind != JsonValueKind.Object || node.Children.Length < 2)
        {
            return;
        }

        if (node.Children.Length <= FewMembers)
        {
            for (int i = 1; i < node.Children.Length; i++)
            {
                if (node.Find(node.Children[i].Name!) is { } first && first != node.Children[i])
                {
                    Twin(node.Children[i], diagnostics);
                }
            }

            return;
        }

        var names = new HashSet<string>(node.Children.Length, StringComparer.Ordinal);
        foreach (DocumentNode member in node.Children)
        {
            if (!names.Add(member.Name!))
            {
                Twin(member, diagnostics);
            }
        }
    }

    private static void Twin(DocumentNode member, DiagnosticBag diagnostics)
    {
        // Of a name that cannot be read, that has been reported.
        if (member.Name!.Length > 0 || !member.Parent!.IsUnreadable)
        {
            diagnostics.Error(DiagnosticCodes.DuplicateKey, member, $"`{member.Name}` stands twice in this object; keep one");
        }
    }

    /// <summary>A name's or a string's content, or a number's digits; null when an escape is half a character.</summary>
    private static string? Text(ref Utf8JsonReader reader, TextPool texts)
    {
        if (!reader.ValueIsEscaped)
        {
            return texts.Get(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Unreadable(DocumentNode node, int offset, DiagnosticBag diagnostics)
    {
        node.MarkUnreadable();
        diagnostics.ErrorAt(DiagnosticCodes.WrongEncoding, offset, "an escape in this text is half of a surrogate pair; write both halves, or the character itself");
    }

    private static JsonValueKind Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };
}

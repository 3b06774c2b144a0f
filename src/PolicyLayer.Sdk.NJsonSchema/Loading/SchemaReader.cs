using System.Buffers;
using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Reads a schema, refuses what NJsonSchema would not judge rightly, and writes the rest: without remarks, so that nothing in them can be taken for a reference.</summary>
internal sealed class SchemaReader
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 64;

    /// <summary>How long all pointers together may be: a long name counts once for each schema below it.</summary>
    private const int MaxPointerChars = 16 * MaxBytes;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Utf8JsonWriter _writer;
    private int _pointerChars;

    private SchemaReader(Utf8JsonWriter writer) => _writer = writer;

    /// <summary>Every name in <c>properties</c>, by itself in any case.</summary>
    public Dictionary<string, string> Names { get; } = new(AnyCase.Comparer);

    /// <summary>Whether a length from below is asked of a text.</summary>
    public bool AsksMinLength { get; set; }

    /// <summary>The schema that is handed on.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Reads.</summary>
    /// <exception cref="SchemaRefusedException">The schema is no JSON, too large, or cannot be enforced.</exception>
    public static SchemaReader Read(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > MaxBytes)
        {
            throw new SchemaRefusedException(string.Empty, "it is larger than 1 MiB");
        }

        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text);
        var reader = new SchemaReader(writer);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            reader.ReadSchema(document.RootElement, string.Empty);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SchemaRefusedException(string.Empty, "it is no JSON, names a member twice, holds half of a surrogate pair, or is more than 64 levels deep");
        }

        writer.Flush();
        reader.Text = Encoding.UTF8.GetString(text.WrittenSpan);
        reader.LinkReferences();
        WorkBound.Check([.. reader._nodes.Values.OrderBy(static node => node.Number)]);
        return reader;
    }

    /// <summary>Reads a schema that lies at a pointer, and writes it.</summary>
    public SchemaNode ReadSchema(JsonElement schema, string pointer)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw new SchemaRefusedException(pointer, "a schema must be an object here; NJsonSchema takes no `true` or `false` for one");
        }

        _pointerChars += pointer.Length;
        if (_pointerChars > MaxPointerChars)
        {
            throw new SchemaRefusedException(string.Empty, "its names are too long for so many schemas below them");
        }

        var node = new SchemaNode(_nodes.Count, pointer);
        _nodes.Add(pointer, node);
        _writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string place = $"{pointer}/{JsonPointer.Escape(keyword.Name)}";
            if (IsJudged(keyword, place))
            {
                _writer.WritePropertyName(keyword.Name);
                new KeywordReader(this, _writer, node, schema).Read(keyword, place);
            }
        }

        _writer.WriteEndObject();
        return node;
    }

    /// <summary>Whether a keyword is a remark, which judges nothing.</summary>
    public static bool IsRemark(string keyword) =>
        Keywords.Annotations.Contains(keyword) || keyword == "$schema" || (keyword.StartsWith("x-", StringComparison.Ordinal) && !Keywords.Refused.ContainsKey(keyword));

    private static bool IsJudged(JsonProperty keyword, string place)
    {
        if (keyword.NameEquals("$schema"u8) && !(keyword.Value.ValueKind == JsonValueKind.String && keyword.Value.GetString()!.TrimEnd('#') == "http://json-schema.org/draft-04/schema"))
        {
            throw new SchemaRefusedException(place, "must be absent or `http://json-schema.org/draft-04/schema#`: NJsonSchema judges draft 4");
        }

        if (IsRemark(keyword.Name))
        {
            return false;
        }

        return Keywords.Judged.Contains(keyword.Name) ? true
            : throw new SchemaRefusedException(place, Keywords.Refused.GetValueOrDefault(keyword.Name) ?? "this keyword is not one that NJsonSchema is known to judge rightly");
    }

    private void LinkReferences()
    {
        foreach (SchemaNode node in _nodes.Values.Where(static node => node.Reference is not null))
        {
            node.Same.Add(_nodes.GetValueOrDefault(node.Reference!)
                ?? throw new SchemaRefusedException($"{node.Pointer}/$ref", "it leads to no schema in `definitions`"));
        }
    }
}

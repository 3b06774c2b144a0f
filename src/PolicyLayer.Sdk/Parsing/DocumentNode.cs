using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>A value of the document and where it stands.</summary>
/// <param name="parent">The object or list around it; null for the root.</param>
/// <param name="name">Its name in the object around it, or null.</param>
/// <param name="index">Its place among the children of what is around it.</param>
/// <param name="nameOffset">Where the name, or else the value, begins: the byte that a diagnostic points at.</param>
/// <param name="kind">What it is.</param>
internal sealed class DocumentNode(DocumentNode? parent, string? name, int index, int nameOffset, JsonValueKind kind)
{
    public DocumentNode? Parent { get; } = parent;

    public string? Name { get; } = name;

    public int NameOffset { get; } = nameOffset;

    public JsonValueKind Kind { get; } = kind;

    /// <summary>A string's content, or a number's digits as written.</summary>
    public string? Text { get; init; }

    /// <summary>Members or elements, in the order of the document; complete once the value is read.</summary>
    public DocumentNode[] Children { get; set; } = [];

    /// <summary>The value that this one was made from, where the document is of an older generation; it is what diagnostics point at.</summary>
    public DocumentNode? Origin { get; init; }

    /// <summary>The place as a JSON pointer.</summary>
    public string Pointer => Parent is null ? string.Empty : Parent.Pointer + "/" + JsonPointer.Escape(Name ?? index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a text in it cannot be read: what is reported as an error must not be looked at again.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Marks this value, and all around it, as holding a text that cannot be read.</summary>
    public void MarkUnreadable()
    {
        for (DocumentNode? node = this; node is not null; node = node.Parent)
        {
            node.IsUnreadable = true;
        }
    }

    public DocumentNode? Find(string member)
    {
        foreach (DocumentNode child in Children)
        {
            if (child.Name == member)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The value as JSON of its own.</summary>
    public JsonElement ToElement() => WrittenJson.Of(WriteTo, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Writes the value as JSON.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (DocumentNode member in Children)
                {
                    writer.WritePropertyName(member.Name!);
                    member.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (DocumentNode element in Children)
                {
                    element.WriteTo(writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text);
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Text!, skipInputValidation: true);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}

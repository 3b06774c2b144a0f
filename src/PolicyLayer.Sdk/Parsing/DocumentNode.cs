using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>A value of the document and where it stands.</summary>
/// <param name="parent">The object or array around it; null for the root.</param>
/// <param name="name">Its name in the object around it, or null.</param>
/// <param name="nameOffset">Where the name, or else the value, begins: the byte that a diagnostic points at.</param>
/// <param name="kind">What it is.</param>
/// <param name="offset">Where the value begins.</param>
internal sealed class DocumentNode(DocumentNode? parent, string? name, int nameOffset, JsonValueKind kind, int offset)
{
    private List<DocumentNode>? _children;
    private int _index;

    public DocumentNode? Parent { get; } = parent;

    public string? Name { get; } = name;

    public int NameOffset { get; } = nameOffset;

    public JsonValueKind Kind { get; } = kind;

    public int Offset { get; } = offset;

    /// <summary>The byte after the value.</summary>
    public int End { get; set; }

    /// <summary>A string's content, or a number's digits as written.</summary>
    public string? Text { get; init; }

    /// <summary>Members or elements, in the order of the document.</summary>
    public IReadOnlyList<DocumentNode> Children => _children ?? (IReadOnlyList<DocumentNode>)[];

    /// <summary>The place as a JSON pointer.</summary>
    public string Pointer => Parent is null ? string.Empty : Parent.Pointer + "/" + JsonPointer.Escape(Name ?? _index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a text in it cannot be read: what is reported as an error must not be looked at again.</summary>
    public bool IsUnreadable { get; private set; }

    public void Add(DocumentNode child)
    {
        _children ??= [];
        child._index = _children.Count;
        _children.Add(child);
    }

    /// <summary>Marks this value, and all around it, as holding a text that cannot be read.</summary>
    public void MarkUnreadable()
    {
        for (DocumentNode? node = this; node is not null; node = node.Parent)
        {
            node.IsUnreadable = true;
        }
    }

    public DocumentNode? Find(string member) => Children.FirstOrDefault(child => child.Name == member);
}

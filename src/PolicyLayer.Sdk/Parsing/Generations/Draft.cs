using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>A value of the document that an older one becomes, and the value that it was made from.</summary>
internal sealed class Draft
{
    private readonly JsonValueKind _kind;
    private readonly string? _text;
    private readonly List<(string? Name, Draft Value)> _children = [];

    private Draft(JsonValueKind kind, string? text, DocumentNode origin)
    {
        _kind = kind;
        _text = text;
        Origin = origin;
    }

    public DocumentNode Origin { get; }

    public static Draft Object(DocumentNode origin) => new(JsonValueKind.Object, null, origin);

    public static Draft List(DocumentNode origin) => new(JsonValueKind.Array, null, origin);

    public static Draft Text(string text, DocumentNode origin) => new(JsonValueKind.String, text, origin);

    public static Draft Number(string digits, DocumentNode origin) => new(JsonValueKind.Number, digits, origin);

    /// <summary>A value as it stands.</summary>
    public static Draft Copy(DocumentNode node)
    {
        var copy = new Draft(node.Kind, node.Text, node);
        foreach (DocumentNode child in node.Children)
        {
            copy._children.Add((child.Name, Copy(child)));
        }

        return copy;
    }

    public Draft Add(string name, Draft? value)
    {
        if (value is not null)
        {
            _children.Add((name, value));
        }

        return this;
    }

    public Draft Add(Draft element)
    {
        _children.Add((null, element));
        return this;
    }

    /// <summary>The list of a member, made when it is not there.</summary>
    public Draft ListOf(string name, DocumentNode origin)
    {
        Draft? list = _children.Find(child => child.Name == name).Value;
        if (list is null)
        {
            list = List(origin);
            Add(name, list);
        }

        return list;
    }

    public bool Has(string name) => _children.Exists(child => child.Name == name);

    public DocumentNode ToNode(DocumentNode? parent = null, string? name = null, int index = 0)
    {
        var node = new DocumentNode(parent, name, index, Origin.NameOffset, _kind) { Text = _text, Origin = Origin };
        node.Children = [.. _children.Select((child, i) => child.Value.ToNode(node, child.Name, i))];
        return node;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>The objects and lists that are open while a document is read.</summary>
internal sealed class OpenNodes
{
    private readonly List<DocumentNode> _children = [];
    private readonly Stack<(DocumentNode Node, int FirstChild)> _open = new();

    public int Depth => _open.Count;

    /// <summary>What the next value stands in; null for the root.</summary>
    public DocumentNode? Innermost => _open.TryPeek(out var top) ? top.Node : null;

    /// <summary>How many values stand before the next one in the same object or list.</summary>
    public int Siblings => _open.TryPeek(out var top) ? _children.Count - top.FirstChild : 0;

    public void Add(DocumentNode node) => _children.Add(node);

    public void Open(DocumentNode node) => _open.Push((node, _children.Count));

    /// <summary>Takes out the value that was closed last: it is no child of what is around it.</summary>
    public void Drop(DocumentNode closed)
    {
        Debug.Assert(_children[^1] == closed, "only the last one can be dropped");
        _children.RemoveAt(_children.Count - 1);
    }

    /// <summary>The innermost one ends: its children are known.</summary>
    public DocumentNode Close()
    {
        (DocumentNode node, int first) = _open.Pop();
        if (_children.Count > first)
        {
            node.Children = CollectionsMarshal.AsSpan(_children)[first..].ToArray();
            _children.RemoveRange(first, _children.Count - first);
        }

        return node;
    }
}

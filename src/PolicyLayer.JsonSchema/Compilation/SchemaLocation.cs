using System.Text;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A place in a schema. Holds its way up and builds the pointer only when read, since most are never read.</summary>
internal sealed class SchemaLocation
{
    private readonly SchemaLocation? _parent;

    // At the root: what names the document.
    private readonly string _token;

    private SchemaLocation(SchemaLocation? parent, string token, string? keyword)
    {
        _parent = parent;
        _token = token;
        Keyword = keyword;
    }

    public static SchemaLocation Root { get; } = new(null, "", null);

    /// <summary>The keyword that this place is, or lies in; null at the root.</summary>
    public string? Keyword { get; }

    /// <summary>The root of another document than the schema that is compiled.</summary>
    public static SchemaLocation RootOf(string uri) => new(null, uri + "#", null);

    public SchemaLocation OfKeyword(string keyword) => new(this, keyword, keyword);

    public SchemaLocation Child(string token) => new(this, token, Keyword);

    public SchemaLocation Child(int index) => Child(index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The JSON pointer (RFC 6901); in another document, its URI with the pointer as fragment.</summary>
    public override string ToString()
    {
        var tokens = new Stack<string>();
        SchemaLocation at = this;
        for (; at._parent is not null; at = at._parent)
        {
            tokens.Push(at._token);
        }

        var pointer = new StringBuilder(at._token);
        foreach (string token in tokens)
        {
            pointer.Append('/').Append(JsonPointer.Escape(token));
        }

        return pointer.ToString();
    }
}

using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas;

/// <summary>One thing that is wrong with a schema.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class JsonSchemaError
{
    private readonly SchemaLocation _location;

    internal JsonSchemaError(SchemaLocation location, string message)
    {
        _location = location;
        Message = message;
    }

    /// <summary>Where in the schema, as a JSON pointer (RFC 6901). The empty string is the whole schema. In a document of <see cref="JsonSchemaOptions.Resources"/>, its URI with the pointer as fragment. Built when read.</summary>
    public string SchemaPointer => _location.ToString();

    /// <summary>The keyword concerned, as the schema spells it, or null when the schema as a whole is.</summary>
    public string? Keyword => _location.Keyword;

    /// <summary>What is wrong and what would be right: lower case, words of the schema in backticks.</summary>
    public string Message { get; }

    /// <summary>The pointer and the message, on one line.</summary>
    public override string ToString()
    {
        string pointer = SchemaPointer;
        return pointer.Length == 0 ? Message : $"{Quoted.Shorten(pointer, 256)}: {Message}";
    }
}

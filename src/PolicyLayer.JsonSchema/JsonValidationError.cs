using PolicyLayer.Schemas.Compilation;

namespace PolicyLayer.Schemas;

/// <summary>One way in which an instance does not satisfy a schema.</summary>
/// <remarks>
/// No text here ever quotes a value of the instance. Names of members that the instance brought do appear, shortened to 64 characters
/// and with control characters escaped, because whoever corrects the call needs them.
/// Immutable and safe for concurrent use.
/// </remarks>
public sealed class JsonValidationError
{
    private readonly SchemaLocation _location;

    internal JsonValidationError(SchemaLocation location, string instancePointer, string message)
    {
        _location = location;
        InstancePointer = instancePointer;
        Message = message;
    }

    /// <summary>The keyword that failed. For a schema that is <c>false</c>, or could not be judged to its end, the keyword that holds it, or <c>false</c> at the root.</summary>
    public string Keyword => _location.Keyword ?? "false";

    /// <summary>
    /// Where in the instance, as a JSON pointer (RFC 6901); the empty string is the whole instance. A member that is missing, or whose name is wrong,
    /// is reported at the object. For reading: a name that was shortened or escaped does not lead back to the member.
    /// </summary>
    public string InstancePointer { get; }

    /// <summary>Where in the schema, as a JSON pointer (RFC 6901) to the keyword; in a document of <see cref="JsonSchemaOptions.Resources"/>, its URI with the pointer as fragment. Built when read.</summary>
    public string SchemaPointer => _location.ToString();

    /// <summary>What to correct, written for the model that made the call: which member, and what is expected of it.</summary>
    public string Message { get; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk;

/// <summary>The arguments of a tool call: one JSON object, held as an element or as the dictionary of its members.</summary>
/// <remarks>A view, not a copy. The default value stands for no arguments and is judged as an empty object.</remarks>
public readonly struct ToolArguments
{
    /// <summary>What a dictionary compares with when it was told nothing: ordinally.</summary>
    private static readonly IEqualityComparer<string> DefaultComparer = new Dictionary<string, JsonElement>().Comparer;

    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}"u8);

    private readonly JsonElement _element;
    private readonly Dictionary<string, JsonElement>? _members;

    /// <summary>Takes the arguments from a JSON element.</summary>
    /// <param name="element">An object; anything else is denied as <see cref="DecisionReason.MalformedCall"/>. An undefined element stands for no arguments.</param>
    public ToolArguments(JsonElement element) => _element = element;

    /// <summary>Takes the arguments from a dictionary of members, as the MCP SDK holds them.</summary>
    /// <param name="members">The members, or null for none. Copied only if the dictionary does not compare its keys ordinally.</param>
    public ToolArguments(IDictionary<string, JsonElement>? members) =>
        _members = members switch
        {
            null => null,
            Dictionary<string, JsonElement> ordinal when ComparesOrdinally(ordinal) => ordinal,
            _ => new Dictionary<string, JsonElement>(members, StringComparer.Ordinal),
        };

    /// <summary>The members, when held as a dictionary.</summary>
    internal Dictionary<string, JsonElement>? Members => _members;

    /// <summary>The element, when held as one; undefined when there are no arguments.</summary>
    internal JsonElement Element => _element;

    /// <summary>The element, or an empty object when there are no arguments.</summary>
    internal JsonElement ObjectElement => _element.ValueKind == JsonValueKind.Undefined ? EmptyObject : _element;

    /// <summary>Whether they are held as an element that is an object.</summary>
    internal bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether a call has no arguments at all.</summary>
    internal bool IsAbsent => _members is null && _element.ValueKind == JsonValueKind.Undefined;

    /// <summary>Takes the arguments from a JSON element.</summary>
    /// <param name="element">An object.</param>
    public static implicit operator ToolArguments(JsonElement element) => new(element);

    /// <summary>Takes the arguments from a JSON element: the named form of the conversion.</summary>
    /// <param name="element">An object.</param>
    public static ToolArguments FromJsonElement(JsonElement element) => new(element);

    /// <summary>Finds an argument by its exact name where they are held as a dictionary.</summary>
    internal bool TryGetMember(string name, ref PathValue value)
    {
        if (!_members!.TryGetValue(name, out JsonElement element))
        {
            return false;
        }

        value = new PathValue(element);
        return true;
    }

    /// <summary>Every argument's value.</summary>
    internal IEnumerable<JsonElement> Values()
    {
        if (_members is not null)
        {
            return _members.Values;
        }

        return IsObject ? _element.EnumerateObject().Select(static member => member.Value) : [];
    }

    /// <summary>The names of the arguments, in the order they came.</summary>
    internal IEnumerable<string> Names()
    {
        if (_members is not null)
        {
            return _members.Keys;
        }

        return IsObject ? _element.EnumerateObject().Select(NameOf) : [];
    }

    /// <summary>The name; as it is written where its escapes are no text, for a record of a malformed call.</summary>
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private static bool ComparesOrdinally(Dictionary<string, JsonElement> members) =>
        ReferenceEquals(members.Comparer, StringComparer.Ordinal) || ReferenceEquals(members.Comparer, DefaultComparer);
}

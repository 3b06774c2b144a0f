using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk;

/// <summary>The arguments of a tool call: one JSON object, held as an element, as the dictionary of its members, or as its text.</summary>
/// <remarks>A view, not a copy. The default value stands for no arguments and is judged as an empty object.</remarks>
public readonly struct ToolArguments
{
    /// <summary>What a dictionary compares with when it was told nothing: ordinally.</summary>
    private static readonly IEqualityComparer<string> DefaultComparer = new Dictionary<string, JsonElement>().Comparer;

    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}"u8);

    private readonly JsonElement _element;

    /// <summary>The dictionary of members, or the text that nobody has read; null when held as an element.</summary>
    private readonly object? _other;

    /// <summary>Takes the arguments from a JSON element.</summary>
    /// <param name="element">An object; anything else is denied as <see cref="DecisionReason.MalformedCall"/>. An undefined element stands for no arguments.</param>
    public ToolArguments(JsonElement element) => _element = element;

    /// <summary>Takes the arguments from a dictionary of members, as the MCP SDK holds them.</summary>
    /// <param name="members">The members, or null for none. Copied only if the dictionary does not compare its keys ordinally.</param>
    public ToolArguments(IDictionary<string, JsonElement>? members) =>
        _other = members switch
        {
            null => null,
            Dictionary<string, JsonElement> ordinal when ComparesOrdinally(ordinal) => ordinal,
            _ => new Dictionary<string, JsonElement>(members, StringComparer.Ordinal),
        };

    private ToolArguments(UnreadArguments text) => _other = text;

    /// <summary>Whether they are held as an element, or there are none.</summary>
    internal bool IsGivenAsElement => _other is null;

    /// <summary>The element where it is, not copied, when held as one.</summary>
    [UnscopedRef]
    internal ref readonly JsonElement GivenElement => ref _element;

    /// <summary>The members, when held as a dictionary.</summary>
    internal Dictionary<string, JsonElement>? Members => _other as Dictionary<string, JsonElement>;

    /// <summary>The text, when held as one that nobody has read.</summary>
    internal UnreadArguments? Unread => _other as UnreadArguments;

    /// <summary>The element, when held as one or as a text; undefined when there are no arguments, and for a text that is not JSON.</summary>
    internal JsonElement Element => Unread is { } text ? text.Element : _element;

    /// <summary>The element, or an empty object when there are no arguments.</summary>
    internal JsonElement ObjectElement => IsAbsent ? EmptyObject : Element;

    /// <summary>Whether they are held as an element that is an object.</summary>
    internal bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether a call has no arguments at all.</summary>
    internal bool IsAbsent => _other is null && _element.ValueKind == JsonValueKind.Undefined;

    /// <summary>Takes the arguments from a JSON element.</summary>
    /// <param name="element">An object.</param>
    public static implicit operator ToolArguments(JsonElement element) => new(element);

    /// <summary>Takes the arguments from a JSON element: the named form of the conversion.</summary>
    /// <param name="element">An object.</param>
    public static ToolArguments FromJsonElement(JsonElement element) => new(element);

    /// <summary>Takes the arguments as the text that came, before anybody has parsed it: the fastest way, and the strictest.</summary>
    /// <param name="json">JSON in UTF-8. Not copied: it must not change until the call is settled. What is no strict JSON, or no object, is denied as <see cref="DecisionReason.MalformedCall"/>; nothing is thrown. Empty text is malformed too.</param>
    /// <remarks>Most calls are judged without parsing it. To run the tool parse it strictly: no comments, no trailing commas.</remarks>
    public static ToolArguments FromUtf8(ReadOnlyMemory<byte> json) => new(new UnreadArguments(json));

    /// <summary>Finds an argument by its exact name where they are held as a dictionary.</summary>
    internal bool TryGetMember(string name, ref PathValue value)
    {
        if (!Members!.TryGetValue(name, out JsonElement element))
        {
            return false;
        }

        value = new PathValue(element);
        return true;
    }

    /// <summary>Every argument's value.</summary>
    internal IEnumerable<JsonElement> Values()
    {
        if (Members is { } members)
        {
            return members.Values;
        }

        return IsObject ? Element.EnumerateObject().Select(static member => member.Value) : [];
    }

    /// <summary>The names of the arguments, in the order they came.</summary>
    internal IEnumerable<string> Names()
    {
        if (Members is { } members)
        {
            return members.Keys;
        }

        return IsObject ? Element.EnumerateObject().Select(NameOf) : [];
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

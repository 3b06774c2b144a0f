using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Instances;

/// <summary>What a schema is applied to: a JSON element, an object given as a dictionary of its members, or the name of a member.</summary>
internal readonly ref struct Instance
{
    /// <summary>So much text is read in a step.</summary>
    public const int BytesOfStep = 16;

    private readonly JsonElement _element;
    private readonly Dictionary<string, JsonElement>? _members;
    private readonly bool _isName;

    public Instance(JsonElement element)
    {
        _element = element;
        Kind = element.ValueKind;

        // Looked up once: most keywords read it.
        if (Kind == JsonValueKind.String)
        {
            Text = TextOf(element);
        }
        else if (Kind == JsonValueKind.Number)
        {
            Number = JsonMarshal.GetRawUtf8Value(element);
        }
    }

    public Instance(Dictionary<string, JsonElement> members)
    {
        _members = members;
        Kind = JsonValueKind.Object;
    }

    public Instance(JsonText name)
    {
        Text = name;
        _isName = true;
        Kind = JsonValueKind.String;
    }

    public JsonValueKind Kind { get; }

    /// <summary>The text; only of a string.</summary>
    public JsonText Text { get; }

    /// <summary>The digits as written; only of a number.</summary>
    public ReadOnlySpan<byte> Number { get; }

    /// <summary>The element; only of an array.</summary>
    public JsonElement Array => _element;

    /// <summary>The members; only of an object. Each of several with the same name is listed.</summary>
    public Members Members => _members is null ? new Members(_element.EnumerateObject()) : new Members(_members);

    /// <summary>How many members an object has; those with the same name are all counted.</summary>
    public int MemberCount => _members is null ? _element.GetPropertyCount() : _members.Count;

    /// <summary>How many members or items there are.</summary>
    public int ChildCount => Kind switch
    {
        JsonValueKind.Object => MemberCount,
        JsonValueKind.Array => _element.GetArrayLength(),
        _ => 0,
    };

    /// <summary>What looking at the whole value costs, its children's values aside; known without looking.</summary>
    public int Steps => Kind switch
    {
        JsonValueKind.String => Text.MaxCodePoints / BytesOfStep,
        JsonValueKind.Number => Number.Length / BytesOfStep,
        _ => ChildCount,
    };

    /// <summary>The value as an error may quote it, short and clean; null for the whole of an object that was given as a dictionary.</summary>
    public string? Show() => _isName ? $"`{Quoted.Clean(Text)}`" : _members is null ? $"`{Quoted.Clean(new JsonText(JsonMarshal.GetRawUtf8Value(_element)))}`" : null;

    /// <summary>Whether no two members can have the same name.</summary>
    public bool HasDistinctNames => _members is not null;

    public static JsonText TextOf(JsonElement text) => new(JsonMarshal.GetRawUtf8Value(text)[1..^1]);
}

using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Instances;

/// <summary>Walks the members of an object, whichever way it was given.</summary>
internal ref struct Members
{
    private readonly bool _isDictionary;
    private JsonElement.ObjectEnumerator _properties;
    private Dictionary<string, JsonElement>.Enumerator _pairs;

    public Members(JsonElement.ObjectEnumerator properties) => _properties = properties;

    public Members(Dictionary<string, JsonElement> members)
    {
        _isDictionary = true;
        _pairs = members.GetEnumerator();
    }

    public readonly Member Current => _isDictionary ? new Member(_pairs.Current) : new Member(_properties.Current);

    public readonly Members GetEnumerator() => this;

    public bool MoveNext() => _isDictionary ? _pairs.MoveNext() : _properties.MoveNext();
}

/// <summary>A member of an object.</summary>
internal readonly ref struct Member
{
    public Member(JsonProperty property)
    {
        Property = property;
        Name = NameOf(property);
    }

    public Member(KeyValuePair<string, JsonElement> pair)
    {
        Pair = pair;
        Name = new JsonText(pair.Key);
    }

    /// <summary>The member where it stands in a text; else nothing.</summary>
    public JsonProperty Property { get; }

    /// <summary>The member where it was given in a dictionary; else nothing.</summary>
    public KeyValuePair<string, JsonElement> Pair { get; }

    public JsonText Name { get; }

    public JsonElement Value => Pair.Key is null ? Property.Value : Pair.Value;

    public static JsonText NameOf(JsonProperty property) => new(JsonMarshal.GetRawUtf8PropertyName(property));
}

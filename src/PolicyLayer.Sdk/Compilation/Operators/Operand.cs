using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>A value that arguments are compared with: by type and exact value, never coerced. Comparing allocates nothing, but for objects of many members.</summary>
internal sealed class Operand
{
    /// <summary>Objects of more members are looked into by an index, for to look for each member one by one takes the product of their numbers.</summary>
    private const int ManyMembers = 64;

    /// <summary>A string's content or a number's digits, UTF-8.</summary>
    private readonly byte[] _utf8;
    private readonly (byte[] Name, Operand Value)[] _members;

    /// <summary>Whether it is a text that JSON may write as it is.</summary>
    private readonly bool _isPlain;

    public Operand(DocumentNode node)
    {
        Kind = node.Kind;
        Text = node.Text ?? string.Empty;
        _utf8 = Encoding.UTF8.GetBytes(Text);
        _isPlain = Kind == JsonValueKind.String && !Text.Contains('\\', StringComparison.Ordinal);
        Elements = Kind == JsonValueKind.Array ? Array.ConvertAll(node.Children, static child => new Operand(child)) : [];
        _members = Kind == JsonValueKind.Object ? Array.ConvertAll(node.Children, static child => (Encoding.UTF8.GetBytes(child.Name!), new Operand(child))) : [];
    }

    /// <summary>From a value of a call: one that <c>value_from</c> leads to.</summary>
    public Operand(in PathValue value)
    {
        Kind = value.Kind;
        JsonElement element = value.Element;
        Text = value.Text ?? Kind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => Encoding.UTF8.GetString(value.Utf8),
            _ => string.Empty,
        };
        _utf8 = Encoding.UTF8.GetBytes(Text);
        _isPlain = Kind == JsonValueKind.String && !Text.Contains('\\', StringComparison.Ordinal);
        Elements = Kind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(static child => new Operand(new PathValue(child)))] : [];
        _members = Kind == JsonValueKind.Object
            ? [.. element.EnumerateObject().Select(static member => (Encoding.UTF8.GetBytes(member.Name), new Operand(new PathValue(member.Value))))]
            : [];
    }

    /// <summary>How much there is to compare: the values in it, itself included, and of texts a step for every 64 characters.</summary>
    public int Weight => field > 0 ? field : field = 1 + (Text.Length / 64) + Elements.Sum(static element => element.Weight) + _members.Sum(static member => member.Value.Weight);

    public JsonValueKind Kind { get; }

    /// <summary>A string's content, or a number's digits; else empty.</summary>
    public string Text { get; }

    /// <summary>The elements of a list; else none.</summary>
    public Operand[] Elements { get; }

    /// <summary>A number's digits, UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Whether it is a text that has these bytes between its quotes; one with escapes may be the same all the same.</summary>
    public bool IsWrittenAs(ReadOnlySpan<byte> content) => _isPlain && content.SequenceEqual(_utf8);

    /// <summary>Whether it has the value's JSON type; true and false are one type.</summary>
    public bool HasTypeOf(in PathValue other) => TypeOf(Kind) == TypeOf(other.Kind);

    /// <summary>Whether both are the same value. Unknown when the types differ, or all that could tell them apart is a number beyond comparing.</summary>
    public ConditionOutcome Compare(in PathValue other, bool ignoreCase) => HasTypeOf(other) ? CompareDeep(other, ignoreCase) : ConditionOutcome.Unknown;

    /// <summary>Whether a list of the call has the same value; null where no element has its type.</summary>
    public ConditionOutcome? FindIn(JsonElement list, bool ignoreCase)
    {
        ConditionOutcome? found = null;
        foreach (JsonElement element in list.EnumerateArray())
        {
            var other = new PathValue(element);
            if (HasTypeOf(other))
            {
                found = (found ?? ConditionOutcome.False).Or(Compare(other, ignoreCase));
                if (found == ConditionOutcome.True)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>The value as JSON, cut where it is long.</summary>
    public override string ToString()
    {
        const int longest = 80;
        string json = Kind switch
        {
            JsonValueKind.String => $"\"{JsonEncodedText.Encode(Text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
            JsonValueKind.Number => Text,
            JsonValueKind.Array => $"[{string.Join(", ", Elements.Take(longest).Select(static element => element.ToString()))}]",
            JsonValueKind.Object => $"{{{string.Join(", ", _members.Take(longest).Select(static member => $"\"{Encoding.UTF8.GetString(member.Name)}\": {member.Value}"))}}}",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };
        return json.Length <= longest ? json : json[..longest] + "…";
    }

    /// <summary>Inside a value another type is another value, not an unknown one.</summary>
    private ConditionOutcome CompareDeep(in PathValue other, bool ignoreCase)
    {
        if (Kind != other.Kind)
        {
            return ConditionOutcome.False;
        }

        return Kind switch
        {
            JsonValueKind.String => Kleene.From(IsSameText(other, ignoreCase)),
            JsonValueKind.Number => ExactNumber.TryCompare(_utf8, other.Utf8, out int order)
                ? Kleene.From(order == 0)
                : ConditionOutcome.Unknown,
            JsonValueKind.Array => CompareElements(other.Element, ignoreCase),
            JsonValueKind.Object => CompareMembers(other.Element, ignoreCase),
            _ => ConditionOutcome.True,
        };
    }

    private bool IsSameText(in PathValue other, bool ignoreCase)
    {
        if (!ignoreCase)
        {
            return other.Text is { } text ? text == Text : IsWrittenAs(other.Content) || (!other.IsPlainText && other.Element.ValueEquals(_utf8));
        }

        using TextView view = TextView.Of(other);
        return view.Span.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    private ConditionOutcome CompareElements(JsonElement array, bool ignoreCase)
    {
        if (array.GetArrayLength() != Elements.Length)
        {
            return ConditionOutcome.False;
        }

        var all = ConditionOutcome.True;
        int index = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            all = all.And(Elements[index++].CompareDeep(new PathValue(element), ignoreCase));
            if (all == ConditionOutcome.False)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>Both have each name once: the document and the call were read strictly. Names are the same or not, whatever is ignored in texts.</summary>
    private ConditionOutcome CompareMembers(JsonElement other, bool ignoreCase)
    {
        if (other.GetPropertyCount() != _members.Length)
        {
            return ConditionOutcome.False;
        }

        var all = ConditionOutcome.True;
        Dictionary<string, JsonElement>? index = _members.Length > ManyMembers ? IndexOf(other) : null;
        foreach ((byte[] name, Operand value) in _members)
        {
            JsonElement found;
            bool isThere = index is null ? other.TryGetProperty(name, out found) : index.TryGetValue(Encoding.UTF8.GetString(name), out found);
            all = all.And(isThere ? value.CompareDeep(new PathValue(found), ignoreCase) : ConditionOutcome.False);
            if (all == ConditionOutcome.False)
            {
                break;
            }
        }

        return all;
    }

    private static Dictionary<string, JsonElement> IndexOf(JsonElement large)
    {
        var index = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in large.EnumerateObject())
        {
            index[member.Name] = member.Value;
        }

        return index;
    }

    private static JsonValueKind TypeOf(JsonValueKind kind) => kind == JsonValueKind.False ? JsonValueKind.True : kind;
}

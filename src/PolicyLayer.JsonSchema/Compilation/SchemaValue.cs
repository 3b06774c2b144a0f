using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A value in a schema, with the readings that keywords have in common. A reading that fails has reported why.</summary>
internal sealed class SchemaValue(SchemaScope scope, JsonElement element, SchemaLocation location)
{
    public SchemaScope Scope { get; } = scope;

    public JsonElement Element { get; } = element;

    public JsonValueKind Kind => Element.ValueKind;

    public SchemaLocation Location { get; } = location;

    private string Name => Quoted.InBackticks(Location.Keyword ?? "");

    /// <summary>Reports an error about this value.</summary>
    /// <param name="problem">What follows the keyword's name: <c>must be …</c>.</param>
    public void Error(string problem) => Scope.Error(Location, $"{Name} {problem}");

    public void MustBe(string expected) => Error($"must be {expected}, not {JsonTypes.Describe(Kind)}");

    public SchemaNode ReadSchema() => Scope.Compile(Element, Location);

    /// <summary>The members of an object; reports and gives none when it is not one.</summary>
    public IEnumerable<(string Name, SchemaValue Value)> ReadMembers(string expected)
    {
        if (Kind != JsonValueKind.Object)
        {
            MustBe(expected);
            return [];
        }

        return Element.EnumerateObject().Select(member => (member.Name, new SchemaValue(Scope, member.Value, Location.Child(member.Name))));
    }

    /// <summary>The items of an array; reports and gives none when it is not one.</summary>
    public IEnumerable<SchemaValue> ReadItems(string expected)
    {
        if (Kind != JsonValueKind.Array)
        {
            MustBe(expected);
            return [];
        }

        return Element.EnumerateArray().Select((item, index) => new SchemaValue(Scope, item, Location.Child(index)));
    }

    /// <summary>The schemas of an array that must have one.</summary>
    public SchemaNode[] ReadSchemas()
    {
        if (Kind == JsonValueKind.Array && Element.GetArrayLength() == 0)
        {
            Error("must have at least one schema");
        }

        return [.. ReadItems("an array of schemas").Select(item => item.ReadSchema())];
    }

    /// <summary>The names of an array of different strings.</summary>
    public List<string> ReadNames()
    {
        var names = new List<string>();
        var known = new HashSet<string>();
        foreach (SchemaValue item in ReadItems("an array of names"))
        {
            if (item.Kind != JsonValueKind.String)
            {
                item.Error($"must list names, not {JsonTypes.Describe(item.Kind)}");
            }
            else if (!known.Add(item.Element.GetString()!))
            {
                item.Error($"lists {Quoted.InBackticks(item.Element.GetString()!)} twice");
            }
            else
            {
                names.Add(item.Element.GetString()!);
            }
        }

        return names;
    }

    /// <summary>A text that is a pattern; null when it was reported.</summary>
    public LinearRegex? ReadPattern()
    {
        if (Kind != JsonValueKind.String)
        {
            MustBe("a regular expression in a string");
            return null;
        }

        return ReadPattern(Element.GetString()!);
    }

    /// <summary>A pattern that names this value; null when it was reported.</summary>
    public LinearRegex? ReadPattern(string pattern)
    {
        if (!Scope.Patterns.TryMake(pattern, out LinearRegex? regex, out string? fault))
        {
            Error(fault);
        }

        return regex;
    }

    public bool TryReadBoolean(out bool value)
    {
        value = Kind == JsonValueKind.True;
        if (value || Kind == JsonValueKind.False)
        {
            return true;
        }

        MustBe("`true` or `false`");
        return false;
    }

    /// <summary>A whole number from zero; a huge one is <see cref="long.MaxValue"/>, which no instance reaches.</summary>
    public bool TryReadCount(out long count)
    {
        count = 0;
        if (Kind != JsonValueKind.Number)
        {
            MustBe("a whole number from 0");
            return false;
        }

        if (DecimalDigits.TryRead(new Instance(Element).Number, out DecimalDigits digits) && digits.TryGetCount(out count))
        {
            return true;
        }

        Error("must be a whole number from 0");
        return false;
    }

    /// <summary>The text of a number that can be compared; null when it was reported.</summary>
    public byte[]? ReadNumber()
    {
        if (Kind != JsonValueKind.Number)
        {
            MustBe("a number");
            return null;
        }

        return CheckComparable() ? [.. new Instance(Element).Number] : null;
    }

    /// <summary>A value to compare instances with.</summary>
    public Literal ReadLiteral()
    {
        _ = CheckComparable();
        return new Literal(Element);
    }

    private bool CheckComparable()
    {
        if (Kind == JsonValueKind.Object && Element.GetPropertyCount() > JsonSchemaOptions.MaxRequiredNames)
        {
            Error($"has an object of more than {JsonSchemaOptions.MaxRequiredNames} members to compare with");
            return false;
        }

        if (Kind == JsonValueKind.Number && !DecimalDigits.TryRead(new Instance(Element).Number, out _))
        {
            Error("has a number with an exponent of more than 15 characters, which cannot be compared");
            return false;
        }

        return Kind switch
        {
            JsonValueKind.Array => ReadItems("").Aggregate(true, (all, item) => item.CheckComparable() && all),
            JsonValueKind.Object => ReadMembers("").Aggregate(true, (all, member) => member.Value.CheckComparable() && all),
            _ => true,
        };
    }
}

using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>type</c> (2020-12 validation, section 6.1.1).</summary>
internal sealed class TypeKeyword : Assertion
{
    private static readonly string[] Known = ["null", "boolean", "object", "array", "number", "string", "integer"];

    private readonly List<string> _types;
    private readonly bool _allowsInteger;
    private readonly uint _kinds;

    private TypeKeyword(SchemaLocation location, List<string> types)
        : base(location)
    {
        _types = types;
        _allowsInteger = types.Contains("integer");
        _kinds = types.Aggregate(0u, (kinds, type) => kinds | KindsOf(type));
    }

    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("type")!;
        List<string> types;
        switch (value.Kind)
        {
            case JsonValueKind.String:
                types = [value.Element.GetString()!];
                break;
            case JsonValueKind.Array when value.Element.GetArrayLength() > 0:
                types = value.ReadNames();
                break;
            case JsonValueKind.Array:
                value.Error("must have at least one type");
                return null;
            default:
                value.MustBe("a type or an array of types");
                return null;
        }

        List<string> unknown = types.FindAll(type => !Known.Contains(type));
        foreach (string type in unknown)
        {
            string hint = NearestName.Find(type, Known) is string nearest ? $"did you mean {Quoted.InBackticks(nearest)}?" : $"known: {Quoted.List(Known)}";
            value.Error($"must not be {Quoted.InBackticks(type)}, which is not a type; {hint}");
        }

        return unknown.Count > 0 || types.Count == 0 ? null : new TypeKeyword(value.Location, types);
    }

    public override bool GrowsWithInstance => _allowsInteger;

    public override uint AssuredKinds => _kinds;

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if ((_kinds & (1u << (int)instance.Kind)) != 0)
        {
            return true;
        }

        return _allowsInteger && instance.Kind == JsonValueKind.Number
            && (ExactNumber.TryReadSmall(instance.Number, out _) || IsInteger(instance.Number, ref run));
    }

    protected override string Expectation(scoped in Instance instance)
    {
        string expected = string.Join(" or ", _types.Select(Describe));
        string actual = _allowsInteger && instance.Kind == JsonValueKind.Number ? "a number with a fraction" : JsonTypes.Describe(instance.Kind);
        return $"must be {expected}, not {actual}";
    }

    private static bool IsInteger(ReadOnlySpan<byte> number, ref EvaluationRun run) =>
        DecimalDigits.TryRead(number, out DecimalDigits digits) ? digits.IsInteger : run.Undecidable(Obstacles.Exponent);

    private static uint KindsOf(string type) => type switch
    {
        "null" => 1u << (int)JsonValueKind.Null,
        "boolean" => (1u << (int)JsonValueKind.True) | (1u << (int)JsonValueKind.False),
        "object" => 1u << (int)JsonValueKind.Object,
        "array" => 1u << (int)JsonValueKind.Array,
        "number" => 1u << (int)JsonValueKind.Number,
        "string" => 1u << (int)JsonValueKind.String,
        _ => 0,
    };

    private static string Describe(string type) => type switch
    {
        "null" => "null",
        "object" or "array" or "integer" => "an " + type,
        _ => "a " + type,
    };
}

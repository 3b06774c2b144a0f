using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>enum</c> (2020-12 validation, section 6.1.2).</summary>
internal sealed class EnumKeyword : Assertion
{
    private const int ShownValues = 20;

    // Strings are what enums are made of, and a long list of them must not be walked at every call.
    private readonly NameTable _texts;
    private readonly Literal[] _others;
    private readonly string _shown;
    private readonly int _steps;
    private string? _expectation;

    private EnumKeyword(SchemaLocation location, SchemaValue[] values)
        : base(location)
    {
        _texts = new NameTable([.. values.Where(value => value.Kind == JsonValueKind.String).Select(value => value.Element.GetString()!).Distinct()]);
        _others = [.. values.Where(value => value.Kind != JsonValueKind.String).Select(value => value.ReadLiteral())];
        _steps = _others.Sum(other => other.Steps + 1);
        _shown = string.Join(", ", values.Take(ShownValues).Select(value => Literal.Show(value.Element))) + (values.Length > ShownValues ? ", …" : "");
    }

    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("enum")!;
        return new EnumKeyword(value.Location, [.. value.ReadItems("an array of the allowed values")]);
    }

    public override int Steps => _steps;

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind == JsonValueKind.String)
        {
            return _texts.Find(instance.Text) >= 0;
        }

        foreach (Literal other in _others)
        {
            if (other.IsEqualTo(instance, ref run))
            {
                return true;
            }
        }

        return false;
    }

    protected override string Expectation(scoped in Instance instance) => _expectation ??= _shown.Length == 0 ? "is not allowed here" : $"must be one of {_shown}";
}

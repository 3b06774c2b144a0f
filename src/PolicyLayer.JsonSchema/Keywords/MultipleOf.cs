using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>multipleOf</c> (2020-12 validation, section 6.2.1), exactly: 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleOf(SchemaLocation location, DecimalDivisor divisor, string shown) : Assertion(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("multipleOf")!;
        if (value.ReadNumber() is not byte[] text || !DecimalDigits.TryRead(text, out DecimalDigits digits))
        {
            return null;
        }

        if (digits.IsZero || digits.IsNegative)
        {
            value.Error("must be greater than 0");
            return null;
        }

        if (digits.Count > DecimalDivisor.MaxDigits)
        {
            value.Error($"must have at most {DecimalDivisor.MaxDigits} significant digits");
            return null;
        }

        return new MultipleOf(value.Location, new DecimalDivisor(digits), Quoted.Shorten(Encoding.UTF8.GetString(text), 64));
    }

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Number)
        {
            return true;
        }

        return DecimalDigits.TryRead(instance.Number, out DecimalDigits number) ? divisor.Divides(number) : run.Undecidable(Obstacles.Exponent);
    }

    protected override string Expectation(scoped in Instance instance) => $"must be a multiple of {shown}";
}

using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Formats;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>format</c>, as an assertion (2020-12 validation, section 7.2.2).</summary>
internal sealed class FormatKeyword(SchemaLocation location, Format format) : Assertion(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("format")!;
        if (value.Kind != JsonValueKind.String)
        {
            value.MustBe("the name of a format");
            return null;
        }

        string name = value.Element.GetString()!;
        if (schema.Options.FormatsAsAnnotations && !schema.Vocabularies.HasFlag(Vocabularies.FormatAssertion))
        {
            return null;
        }

        if (FormatCatalog.Find(name) is { } format)
        {
            return new FormatKeyword(value.Location, format);
        }

        string hint = NearestName.Hint(name, FormatCatalog.Names);
        value.Error($"must not be {Quoted.InBackticks(name)}, which is not a known format{(hint.Length > 0 ? hint : $"; known: {Quoted.List(FormatCatalog.Names)}")}");
        return null;
    }

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.String)
        {
            return true;
        }

        if (!Utf16Text.TryRead(instance.Text, stackalloc char[Utf16Text.StackBuffer], out Utf16Text text))
        {
            return run.Undecidable(Obstacles.Encoding);
        }

        bool isValid = format.IsValid(text.Span);
        text.Dispose();
        return isValid;
    }

    protected override string Expectation(scoped in Instance instance) => $"must be {format.Description}";
}

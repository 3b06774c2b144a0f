using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Laws of references and of what is left over.</summary>
public sealed class ReferenceProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    private static readonly Arbitrary<(string Schema, string Instance)> Plain =
        Generators.Schema.SelectMany(schema => Generators.Instance.Select(instance => (schema, instance))).ToArbitrary();

    private static readonly Arbitrary<(string Schema, string Instance)> Annotated =
        AnnotationGenerators.Schema.SelectMany(schema => AnnotationGenerators.Instance.Select(instance => (schema, instance))).ToArbitrary();

    [Fact]
    public void What_is_left_over_is_what_the_model_leaves_over()
    {
        int compiled = 0;
        int valid = 0;
        Prop.ForAll(Annotated, pair =>
        {
            // A definition may get back to itself without going into the value; that is refused, and no case of this.
            if (!JsonSchema.TryCompile(Generators.Parse(pair.Schema), null, out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors))
            {
                return errors.All(error => error.Message.Contains("leads back", StringComparison.Ordinal));
            }

            JsonElement root = Generators.Parse(pair.Schema);
            JsonElement instance = Generators.Parse(pair.Instance);
            bool expected = AnnotationModel.Evaluate(root, instance, root) is not null;
            compiled++;
            valid += expected ? 1 : 0;
            return schema.IsValid(instance) == expected && (schema.Validate(instance).Count == 0) == expected;
        }).Check(Many);

        // The property says little when hardly anything is compared, or all end the same way.
        Assert.InRange(compiled, 500, int.MaxValue);
        Assert.InRange(valid, compiled / 20, compiled * 19 / 20);
    }

    [Fact]
    public void A_reference_judges_like_what_it_points_to() => Prop.ForAll(Plain, pair =>
    {
        JsonElement instance = Generators.Parse(pair.Instance);
        JsonSchema direct = JsonSchema.Compile(pair.Schema);
        JsonSchema referring = JsonSchema.Compile($$"""{ "$ref": "#/$defs/s", "$defs": { "s": {{pair.Schema}} } }""");
        JsonSchema dynamic = JsonSchema.Compile($$"""{ "$dynamicRef": "#s", "$defs": { "s": { "$dynamicAnchor": "s", "allOf": [{{pair.Schema}}] } } }""");
        JsonSchema elsewhere = JsonSchema.Compile(
            """{ "$ref": "urn:x" }""", new JsonSchemaOptions { Resources = new Dictionary<string, JsonElement> { ["urn:x"] = Generators.Parse(pair.Schema) } });
        string[] messages = [.. direct.Validate(instance).Select(error => error.Message)];
        return ((JsonSchema[])[referring, dynamic, elsewhere]).All(schema =>
            schema.IsValid(instance) == direct.IsValid(instance) && schema.Validate(instance).Select(error => error.Message).SequenceEqual(messages));
    }).Check(Many);

    [Fact]
    public void A_bound_on_work_makes_nothing_valid_and_always_says_why() => Prop.ForAll(
        Gen.OneOf(Plain.Generator, Annotated.Generator).SelectMany(pair => Gen.Choose(1, 40).Select(steps => (pair.Schema, pair.Instance, steps))).ToArbitrary(),
        pair =>
        {
            JsonElement instance = Generators.Parse(pair.Instance);
            if (!JsonSchema.TryCompile(Generators.Parse(pair.Schema), null, out JsonSchema? free, out _))
            {
                return true;
            }

            JsonSchema bounded = JsonSchema.Compile(pair.Schema, new JsonSchemaOptions { MaxSteps = pair.steps });
            return bounded.IsValid(instance) == (bounded.Validate(instance).Count == 0) && (!bounded.IsValid(instance) || free.IsValid(instance));
        }).Check(Many);

    [Fact]
    public void Keeping_track_of_what_was_evaluated_changes_no_verdict() => Prop.ForAll(Plain, pair =>
    {
        JsonElement instance = Generators.Parse(pair.Instance);
        return JsonSchema.Compile(pair.Schema).IsValid(instance)
            == JsonSchema.Compile($$"""{ "allOf": [{{pair.Schema}}], "unevaluatedProperties": true, "unevaluatedItems": true }""").IsValid(instance);
    }).Check(Many);

    [Fact]
    public void Contains_is_not_all_items_fail() => Prop.ForAll(Plain, pair =>
    {
        JsonElement list = Generators.Parse($"[{pair.Instance},1,\"a\"]");
        return JsonSchema.Compile($$"""{ "contains": {{pair.Schema}} }""").IsValid(list)
            != JsonSchema.Compile($$"""{ "items": { "not": {{pair.Schema}} } }""").IsValid(list);
    }).Check(Many);

    [Fact]
    public void Every_schema_that_compiles_satisfies_its_metaschema()
    {
        JsonSchema metaschema = JsonSchema.Compile("""{ "$ref": "https://json-schema.org/draft/2020-12/schema" }""");
        Prop.ForAll(Annotated, pair => metaschema.IsValid(Generators.Parse(pair.Schema))).Check(Many);
        Prop.ForAll(Plain, pair => metaschema.IsValid(Generators.Parse(pair.Schema))).Check(Many);
    }
}

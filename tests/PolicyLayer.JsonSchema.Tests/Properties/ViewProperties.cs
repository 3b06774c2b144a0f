using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Tests.Cases;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Things that hold of every schema and every instance.</summary>
public sealed class ViewProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    private static readonly Arbitrary<(string Schema, string Instance)> Pairs =
        Generators.Schema.SelectMany(schema => Generators.Instance.Select(instance => (schema, instance))).ToArbitrary();

    [Fact]
    public void Dictionary_and_element_are_judged_alike()
    {
        int compared = 0;
        int valid = 0;
        Prop.ForAll(Pairs, pair =>
        {
            JsonSchema schema = JsonSchema.Compile(pair.Schema);
            JsonElement instance = Generators.Parse(pair.Instance);
            if (CaseFiles.ToDictionary(instance) is not { } members)
            {
                return true;
            }

            compared++;
            valid += schema.IsValid(members) ? 1 : 0;
            return schema.IsValid(members) == schema.IsValid(instance)
                && schema.Validate(members).Select(error => error.Message).SequenceEqual(schema.Validate(instance).Select(error => error.Message));
        }).Check(Many);

        // The property says little when hardly any pair is compared, or all end the same way.
        Assert.InRange(compared, 100, int.MaxValue);
        Assert.InRange(valid, compared / 20, compared * 19 / 20);
    }

    [Fact]
    public void Errors_are_found_exactly_when_the_instance_is_not_valid() => Prop.ForAll(Pairs, pair =>
    {
        JsonSchema schema = JsonSchema.Compile(pair.Schema);
        JsonElement instance = Generators.Parse(pair.Instance);
        return schema.IsValid(instance) == (schema.Validate(instance).Count == 0);
    }).Check(Many);

    [Fact]
    public void Negation_turns_the_verdict_round() => Prop.ForAll(Pairs, pair =>
    {
        JsonElement instance = Generators.Parse(pair.Instance);
        return JsonSchema.Compile(pair.Schema).IsValid(instance) != JsonSchema.Compile($$"""{ "not": {{pair.Schema}} }""").IsValid(instance);
    }).Check(Many);

    [Fact]
    public void Every_value_equals_itself_however_its_members_are_ordered() => Prop.ForAll(Generators.Instance.ToArbitrary(), json =>
    {
        using JsonDocument document = JsonDocument.Parse($"[{json},{Reverse(Generators.Parse(json))}]");
        return !JsonSchema.Compile("""{ "uniqueItems": true }""").IsValid(document.RootElement);
    }).Check(Many);

    [Fact]
    public void Equality_for_const_is_that_for_uniqueItems() => Prop.ForAll(
        Generators.Instance.ArrayOf(2).Where(pair => CanBeSchema(pair[0])).ToArbitrary(),
        pair => JsonSchema.Compile($$"""{ "const": {{pair[0]}} }""").IsValid(Generators.Parse(pair[1]))
            != JsonSchema.Compile("""{ "uniqueItems": true }""").IsValid(Generators.Parse($"[{pair[0]},{pair[1]}]"))).Check(Many);

    [Fact]
    public void No_text_quotes_a_value() => Prop.ForAll(Pairs, pair =>
    {
        // Every text and every digit sequence of the instance's values is made to contain what no schema contains.
        string marked = pair.Instance.Replace(":\"", ":\"SECRET", StringComparison.Ordinal).Replace("[\"", "[\"SECRET", StringComparison.Ordinal)
            .Replace(":1", ":17171717", StringComparison.Ordinal).Replace("[1", "[17171717", StringComparison.Ordinal);
        return JsonSchema.Compile(pair.Schema).Validate(Generators.Parse(marked)).All(error =>
            !error.Message.Contains("SECRET", StringComparison.Ordinal) && !error.Message.Contains("17171717", StringComparison.Ordinal));
    }).Check(Many);

    private static bool CanBeSchema(string json) => JsonSchema.TryCompile(Generators.Parse($$"""{ "const": {{json}} }"""), null, out _, out _);

    private static string Reverse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Reverse))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Reverse().Select(member => $"{member.ToString().Split(':')[0]}:{Reverse(member.Value)}"))}}}",
        _ => value.GetRawText(),
    };
}

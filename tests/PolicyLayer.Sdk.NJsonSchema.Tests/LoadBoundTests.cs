using System.Globalization;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>Loading a hostile schema ends soon, whatever it says.</summary>
public sealed class LoadBoundTests
{
    // Asked one by one, the branches would be counted ten thousand times for each of twenty thousand references, at each of 65 levels.
    [Fact]
    public void Load_many_references_to_many_branches_ends()
    {
        string branches = string.Join(",", Enumerable.Repeat("{}", 9_000));
        string members = string.Join(",", Enumerable.Range(0, 20_000).Select(static i => $$"""
            "{{i.ToString("x", CultureInfo.InvariantCulture)}}":{"$ref":"#/definitions/A"}
            """));
        string schema = "{\"definitions\":{\"A\":{\"allOf\":[" + branches + "]}},\"properties\":{" + members + "}}";
        Assert.Null(Record.Exception(() => NJsonSchemaValidator.Load(schema)));
    }

    [Fact]
    public void Load_long_name_above_many_schemas_is_refused()
    {
        string members = string.Join(",", Enumerable.Range(0, 20_000).Select(static i => $$"""
            "{{i.ToString("x", CultureInfo.InvariantCulture)}}":{}
            """));
        string schema = "{\"properties\":{\"" + new string('n', 500_000) + "\":{\"properties\":{" + members + "}}}}";
        Assert.Contains("too long", Assert.Throws<SchemaRefusedException>(() => NJsonSchemaValidator.Load(schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_chain_of_eight_is_taken_and_one_of_nine_refused()
    {
        Assert.NotNull(NJsonSchemaValidator.Load(Chain(8)));
        Assert.Throws<SchemaRefusedException>(static () => NJsonSchemaValidator.Load(Chain(9)));
    }

    private static string Chain(int length) => string.Concat(Enumerable.Repeat("""{"not":""", length)) + "{}" + new string('}', length);
}

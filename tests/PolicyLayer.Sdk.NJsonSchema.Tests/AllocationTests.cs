using System.Text.Json;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>What a verdict on the arguments of a typical tool takes, from their text, beside NJsonSchema in the same process.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 100;

    private const string Schema = """
        { "type": "object", "required": ["amount", "currency", "customer"], "additionalProperties": false, "properties": {
          "currency": { "type": "string", "enum": ["usd", "eur", "gbp"] }, "amount": { "type": "integer", "minimum": 1, "maximum": 50000 },
          "customer": { "type": "string", "pattern": "^c_[0-9]{4,12}$" }, "note": { "type": "string", "maxLength": 500 }, "dry_run": { "type": "boolean" } } }
        """;

    [Theory]
    [InlineData("""{ "currency": "usd", "amount": 4200, "customer": "c_1024", "note": "the order of last week", "dry_run": false }""", true)]
    [InlineData("""{ "currency": "usd", "amount": 420000, "customer": "d_1024", "note": "the order of last week", "extra": false }""", false)]
    public async Task A_verdict_takes_a_hundredth_of_the_memory(string arguments, bool isValid)
    {
        var ours = JsonSchema.Compile(Schema);
        global::NJsonSchema.JsonSchema theirs = await global::NJsonSchema.JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        long taken = Measure(isValid, () =>
        {
            using var document = JsonDocument.Parse(arguments);
            return ours.IsValid(document.RootElement);
        });
        long theirsTaken = Measure(isValid, () => theirs.Validate(arguments).Count == 0);
        Assert.InRange(taken, 1, theirsTaken / 100);
    }

    private static long Measure(bool expected, Func<bool> judge)
    {
        long least = long.MaxValue;

        // The first rounds fill pools and statics; a collection, which other tests cause, empties pools.
        for (int i = 0; i < 4; i++)
        {
            int asExpected = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < Rounds; round++)
            {
                asExpected += judge() == expected ? 1 : 0;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(Rounds, asExpected);
        }

        return least;
    }
}

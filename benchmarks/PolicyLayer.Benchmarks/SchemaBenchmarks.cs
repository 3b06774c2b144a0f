using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json.Linq;
using PolicyLayer.Schemas;

namespace PolicyLayer.Benchmarks;

/// <summary>Judging the arguments of a typical tool, against NJsonSchema: both from what their own readers have read before, and both from the text.</summary>
public class SchemaBenchmarks
{
    private const string Schema = """
        { "type": "object", "required": ["amount", "currency", "customer"], "additionalProperties": false, "properties": {
          "currency": { "type": "string", "enum": ["usd", "eur", "gbp"] }, "amount": { "type": "integer", "minimum": 1, "maximum": 50000 },
          "customer": { "type": "string", "pattern": "^c_[0-9]{4,12}$" }, "note": { "type": "string", "maxLength": 500 }, "dry_run": { "type": "boolean" } } }
        """;

    private const string Valid = """{ "currency": "usd", "amount": 4200, "customer": "c_1024", "note": "the order of last week", "dry_run": false }""";
    private const string Invalid = """{ "currency": "usd", "amount": 420000, "customer": "d_1024", "note": "the order of last week", "extra": false }""";

    private readonly JsonSchema _ours = JsonSchema.Compile(Schema);
    private readonly NJsonSchema.JsonSchema _theirs = NJsonSchema.JsonSchema.FromJsonAsync(Schema).GetAwaiter().GetResult();
    private readonly JToken _validToken = JToken.Parse(Valid);
    private readonly JToken _invalidToken = JToken.Parse(Invalid);
    private readonly JsonElement _valid = JsonElement.Parse(Valid);
    private readonly JsonElement _invalid = JsonElement.Parse(Invalid);

    [Benchmark(Baseline = true)]
    public int NJsonSchemaOfAValidText() => _theirs.Validate(Valid).Count;

    [Benchmark]
    public int NJsonSchemaOfAnInvalidText() => _theirs.Validate(Invalid).Count;

    [Benchmark]
    public int NJsonSchemaOfAValidToken() => _theirs.Validate(_validToken).Count;

    [Benchmark]
    public int NJsonSchemaOfAnInvalidToken() => _theirs.Validate(_invalidToken).Count;

    [Benchmark]
    public bool Valid_IsValid() => _ours.IsValid(_valid);

    [Benchmark]
    public bool Valid_FromTheText() => IsValidText(Valid);

    [Benchmark]
    public bool Invalid_IsValid() => _ours.IsValid(_invalid);

    [Benchmark]
    public bool Invalid_FromTheText() => IsValidText(Invalid);

    [Benchmark]
    public int Invalid_AllErrors() => _ours.Validate(_invalid).Count;

    [Benchmark]
    public JsonSchema Compile() => JsonSchema.Compile(Schema);

    [Benchmark]
    public NJsonSchema.JsonSchema NJsonSchemaCompile() => NJsonSchema.JsonSchema.FromJsonAsync(Schema).GetAwaiter().GetResult();

    private bool IsValidText(string arguments)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        return _ours.IsValid(document.RootElement);
    }
}

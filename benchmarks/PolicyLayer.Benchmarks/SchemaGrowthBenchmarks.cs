using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Schemas;
using ForeignSchema = NJsonSchema.JsonSchema;

namespace PolicyLayer.Benchmarks;

/// <summary>How judging grows with the number of members, with depth and with the length of arrays: ten times as much should take ten times as long. NJsonSchema beside it reads the text itself.</summary>
public class SchemaGrowthBenchmarks
{
    private JsonSchema? _members;
    private JsonSchema? _deep;
    private JsonSchema? _items;
    private JsonElement _object;
    private JsonElement _nested;
    private JsonElement _list;
    private ForeignSchema? _foreignMembers;
    private ForeignSchema? _foreignDeep;
    private ForeignSchema? _foreignItems;

    [Params(10, 100, 1000)]
    public int Size { get; set; }

    [GlobalSetup]
    public async Task Write()
    {
        string Join(Func<int, string> one) => string.Join(',', Enumerable.Range(0, Size).Select(one));
        string members = $$"""{ "additionalProperties": false, "properties": { {{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"member_{i}\": {{ \"type\": \"integer\" }}"))}} } }""";
        const string Deep = """{ "properties": { "inner": { "$ref": "#" }, "leaf": { "type": "integer" } } }""";
        const string Items = """{ "items": { "type": "string", "maxLength": 10 } }""";
        _members = JsonSchema.Compile(members);
        _object = JsonElement.Parse($$"""{ {{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"member_{i}\": {i}"))}} }""");

        // A schema follows an instance some hundred levels, so depth grows by a tenth.
        int depth = Size / 10;
        _deep = JsonSchema.Compile(Deep);
        _nested = JsonElement.Parse(string.Concat(Enumerable.Repeat("{\"inner\":", depth)) + "{\"leaf\":1}" + new string('}', depth), new JsonDocumentOptions { MaxDepth = 200 });

        _items = JsonSchema.Compile(Items);
        _list = JsonElement.Parse($"[{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"item{i}\""))}]");

        _foreignMembers = await ForeignSchema.FromJsonAsync(members).ConfigureAwait(false);
        _foreignDeep = await ForeignSchema.FromJsonAsync(Deep).ConfigureAwait(false);
        _foreignItems = await ForeignSchema.FromJsonAsync(Items).ConfigureAwait(false);
    }

    [Benchmark]
    public bool Members() => _members!.IsValid(_object);

    [Benchmark]
    public bool DepthOfATenth() => _deep!.IsValid(_nested);

    [Benchmark]
    public bool Items() => _items!.IsValid(_list);

    [Benchmark]
    public int NJsonSchemaMembers() => _foreignMembers!.Validate(_object.GetRawText()).Count;

    [Benchmark]
    public int NJsonSchemaDepthOfATenth() => _foreignDeep!.Validate(_nested.GetRawText()).Count;

    [Benchmark]
    public int NJsonSchemaItems() => _foreignItems!.Validate(_list.GetRawText()).Count;
}

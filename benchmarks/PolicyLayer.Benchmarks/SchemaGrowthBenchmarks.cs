using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Schemas;

namespace PolicyLayer.Benchmarks;

/// <summary>How judging grows with the number of members, with depth and with the length of arrays: ten times as much should take ten times as long.</summary>
public class SchemaGrowthBenchmarks
{
    private JsonSchema? _members;
    private JsonSchema? _deep;
    private JsonSchema? _items;
    private JsonElement _object;
    private JsonElement _nested;
    private JsonElement _list;

    [Params(10, 100, 1000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Write()
    {
        string Join(Func<int, string> one) => string.Join(',', Enumerable.Range(0, Size).Select(one));
        _members = JsonSchema.Compile($$"""{ "additionalProperties": false, "properties": { {{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"member_{i}\": {{ \"type\": \"integer\" }}"))}} } }""");
        _object = JsonElement.Parse($$"""{ {{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"member_{i}\": {i}"))}} }""");

        // A schema follows an instance some hundred levels, so depth grows by a tenth.
        int depth = Size / 10;
        _deep = JsonSchema.Compile("""{ "properties": { "inner": { "$ref": "#" }, "leaf": { "type": "integer" } } }""");
        _nested = JsonElement.Parse(string.Concat(Enumerable.Repeat("{\"inner\":", depth)) + "{\"leaf\":1}" + new string('}', depth), new JsonDocumentOptions { MaxDepth = 200 });

        _items = JsonSchema.Compile("""{ "items": { "type": "string", "maxLength": 10 } }""");
        _list = JsonElement.Parse($"[{Join(static i => string.Create(CultureInfo.InvariantCulture, $"\"item{i}\""))}]");
    }

    [Benchmark]
    public bool Members() => _members!.IsValid(_object);

    [Benchmark]
    public bool DepthOfATenth() => _deep!.IsValid(_nested);

    [Benchmark]
    public bool Items() => _items!.IsValid(_list);
}

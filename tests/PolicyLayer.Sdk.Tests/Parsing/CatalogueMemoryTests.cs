using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Tests.Parsing;

/// <summary>Reading a catalogue of tools allocates a bounded amount for each tool, however many there are.</summary>
public sealed class CatalogueMemoryTests
{
    private const int BytesPerTool = 5_000;

    [Theory]
    [InlineData(500)]
    [InlineData(4_000)]
    public void Parse_allocates_so_much_for_each_tool_at_most(int tools)
    {
        byte[] document = Catalogue(tools);
        _ = ToolPolicy.Parse(document, "warm");
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = ToolPolicy.Parse(document);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / tools;
        Assert.True(each <= BytesPerTool, string.Create(CultureInfo.InvariantCulture, $"{each} bytes a tool"));
    }

    private static byte[] Catalogue(int tools)
    {
        IEnumerable<string> entries = Enumerable.Range(0, tools).Select(static i => $$"""
            "create_charge_{{i}}": {
              "require": [{ "conditions": [{ "path": "args.currency", "op": "in", "value": ["usd", "eur"] }] }],
              "deny_if": [{ "conditions": [{ "path": "args.amount", "op": "gt", "value": 50000 }] }] }
            """);
        return Encoding.UTF8.GetBytes($$"""{ "version": "1", "default": "deny", "tools": { {{string.Join(',', entries)}} } }""");
    }
}

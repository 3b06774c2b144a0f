using System.Text;

namespace PolicyLayer.Sdk.Tests.Parsing.Checking;

/// <summary>The bounds of policy format section 1, each set by the host.</summary>
public sealed class PolicyBoundsTests
{
    private const string Document = """
        { "version": "1", "default": "deny", "tools": {
            "a": { "require": [{ "conditions": [{ "path": "args.x", "op": "eq", "value": 1 }, { "path": "args.y", "op": "eq", "value": [[1]] }] }] },
            "b": {} } }
        """;

    [Fact]
    public void Parse_takes_a_document_at_its_bounds() =>
        Assert.NotNull(ToolPolicy.Parse(Text(new PolicyBounds { MaxBytes = Encoding.UTF8.GetByteCount(Document), MaxDepth = 9, MaxEntries = 2, MaxConditions = 2 })));

    [Fact]
    public void Parse_refuses_a_byte_too_many() =>
        Refuses(new PolicyBounds { MaxBytes = Encoding.UTF8.GetByteCount(Document) - 1 }, "PL1002", $"the document is larger than {Encoding.UTF8.GetByteCount(Document) - 1} bytes");

    [Fact]
    public void Parse_refuses_a_level_too_many() => Refuses(new PolicyBounds { MaxDepth = 8 }, "PL1005", "the document is nested deeper than 8 levels");

    [Fact]
    public void Parse_refuses_an_entry_too_many() => Refuses(new PolicyBounds { MaxEntries = 1 }, "PL1019", "`tools` has more than 1 entries");

    [Fact]
    public void Parse_refuses_a_condition_too_many() => Refuses(new PolicyBounds { MaxConditions = 1 }, "PL1019", "an entry has at most 1 conditions");

    [Fact]
    public void Parse_takes_more_than_by_default_where_the_host_says_so()
    {
        string many = $$"""{ "version": "1", "default": "deny", "tools": { "a": { "require": [{ "conditions": [{{string.Join(',', Enumerable.Repeat("""{ "path": "args.x", "op": "exists", "value": true }""", 1500))}}] }] } } }""";
        var text = new PolicyText(Encoding.UTF8.GetBytes(many), "p.json");

        Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text));
        Assert.NotNull(ToolPolicy.Parse(new PolicyText(text.Utf8Json, "p.json") { Bounds = new PolicyBounds { MaxConditions = 1500 } }));
    }

    [Fact]
    public void Load_reads_no_more_of_a_file_than_the_bound()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, Document);
        try
        {
            var error = Assert.Throws<PolicyFormatException>(() => PolicyText.Load(path, new PolicyBounds { MaxBytes = 100 }));
            Assert.Equal("PL1002", Assert.Single(error.Diagnostics).Code);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void MaxDepth_outside_its_range_is_refused(int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => new PolicyBounds { MaxDepth = depth });

    private static void Refuses(PolicyBounds bounds, string code, string message)
    {
        var error = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Text(bounds)));
        Assert.Contains(error.Diagnostics, diagnostic => diagnostic.Code == code && diagnostic.Message.StartsWith(message, StringComparison.Ordinal));
    }

    private static PolicyText Text(PolicyBounds bounds) => new(Encoding.UTF8.GetBytes(Document), "p.json") { Bounds = bounds };
}

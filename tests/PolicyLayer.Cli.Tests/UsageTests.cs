using System.Text.Json;

namespace PolicyLayer.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("evla", "`evla` is not a command")]
    [InlineData("eval --tool a", "option '--policy' is required")]
    [InlineData("eval --policy nowhere.json --tool a", "nowhere.json: error PL1001: there is no such file")]
    [InlineData("eval --policy {good}", "either --tool NAME or --calls FILE")]
    [InlineData("eval --policy {good} --tool a --calls b", "either --tool NAME or --calls FILE")]
    [InlineData("eval --policy {good} --calls {good} --args 1", "--args belongs to --tool")]
    [InlineData("eval --policy {good} --calls nowhere.jsonl", "nowhere.jsonl: the file cannot be read")]
    [InlineData("eval --policy {good} --tool a --state redis:x", "`redis:x` is not a store")]
    [InlineData("eval --policy {good} --policy {good} --tool a", "one policy is named twice")]
    [InlineData("eval --policy {good} --tool a --format xml", "xml")]
    [InlineData("eval --policy {good} --tool a --audit /nowhere/audit.jsonl", "the audit file cannot be opened")]
    [InlineData("validate nowhere.json", "nowhere.json: error PL1001: there is no such file")]
    [InlineData("validate {good} --tools {good}", "good.json(1,1): error PL1008: `tools` is missing")]
    [InlineData("validate", "validate")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string command, string error)
    {
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Tool.Result result = await _tool.RunAsync([.. command.Split(' ').Select(word => word.Replace("{good}", good, StringComparison.Ordinal))]);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.StartsWith("policylayer: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Policy_with_errors_is_exit_code_1_and_every_error_a_line()
    {
        string bad = _tool.File("bad.json", """{ "version": "1", "default": "deny", "tols": {}, "hid": [] }""");
        Tool.Result result = await _tool.RunAsync("eval", "--policy", bad, "--tool", "a");
        Assert.Equal(1, result.Code);
        Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("bad.json(1,38): error PL1007", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_shows_the_place_of_each_error()
    {
        string bad = _tool.File("bad.json", "{ \"version\": \"1\",\n\t\"default\": \"dney\" }");
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Tool.Result result = await _tool.RunAsync("validate", bad, good);
        Assert.Equal((1, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["bad.json(2,2): error PL1010: `dney` is not a value of `default`; did you mean `deny`?", "   \"default\": \"dney\" }", "   ^", "bad.json: 1 error, 0 warnings", "good.json: valid"],
            result.Lines);
    }

    [Fact]
    public async Task Validate_shows_what_is_no_yaml_as_it_shows_the_rest()
    {
        string bad = _tool.File("bad.yaml", "version: \"1\"\ndefault: !!str deny\n");
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Tool.Result result = await _tool.RunAsync("validate", bad, good);
        Assert.Equal((1, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["bad.yaml(2,10): error PL4003: tags are not allowed; quote a text, and write numbers, true and false plainly", "  default: !!str deny", "           ^", "bad.yaml: 1 error, 0 warnings", "good.json: valid"],
            result.Lines);
        Tool.Result forPrograms = await _tool.RunAsync("validate", bad, good, "--format", "json");
        Assert.Equal((1, string.Empty, 2), (forPrograms.Code, forPrograms.Error, forPrograms.Lines.Length));
        Assert.Contains("PL4003", forPrograms.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_for_programs_is_one_object_for_each_file()
    {
        string bad = _tool.File("bad.json", """{ "version": "1", "default": 5 }""");
        Tool.Result result = await _tool.RunAsync("validate", bad, "--format", "json");
        JsonElement file = JsonElement.Parse(Assert.Single(result.Lines));
        Assert.False(file.GetProperty("valid").GetBoolean());
        JsonElement diagnostic = Assert.Single(file.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(("PL1009", "error", "/default", 1, 19), (diagnostic.GetProperty("code").GetString(), diagnostic.GetProperty("severity").GetString(), diagnostic.GetProperty("pointer").GetString(), diagnostic.GetProperty("line").GetInt32(), diagnostic.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Schema_is_the_one_of_the_documentation()
    {
        Tool.Result result = await _tool.RunAsync("schema");
        Assert.Equal("PolicyLayer tool policy", JsonElement.Parse(result.Output).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("eval --help")]
    [InlineData("validate -h")]
    public async Task Help_is_not_an_error(string command)
    {
        Tool.Result result = await _tool.RunAsync(command.Split(' '));
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
    }
}

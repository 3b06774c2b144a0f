using System.Text.Json;

namespace PolicyLayer.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Audit_never_goes_to_a_file_that_is_read_under_whatever_name()
    {
        const string calls = """{ "tool": "a" }""";
        string policy = _tool.File("policy.json", """{ "version": "1", "default": "deny" }""");
        string file = _tool.File("calls.jsonl", calls);
        string link = _tool.PathOf("link");
        File.CreateSymbolicLink(link, file);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", file, "--audit", link);
        Assert.Equal((2, calls), (result.Code, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
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
            ["bad.json(2,2): error PL1010: `dney` is not a value of `default`; did you mean `deny`?", "   \"default\": \"dney\" }", "   ^", "bad.json: 1 error, 0 warnings", "good.json: valid", "2 files, 1 error, 0 warnings"],
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
            ["bad.yaml(2,10): error PL4003: tags are not allowed; quote a text, and write numbers, true and false plainly", "  default: !!str deny", "           ^", "bad.yaml: 1 error, 0 warnings", "good.json: valid", "2 files, 1 error, 0 warnings"],
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
    public async Task Validate_shows_the_other_files_beside_one_that_cannot_be_read()
    {
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Tool.Result result = await _tool.RunAsync("validate", "nowhere.json", good, good);
        Assert.Equal((2, "good.json: valid\n"), (result.Code, result.Output));
        Assert.StartsWith("policylayer: nowhere.json: error PL1001", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "version": "1", "defaul": "deny" }""", "standard input(1,19): error PL1007")]
    [InlineData("version: \"1\"\ndefaul: deny\n", "standard input(2,1): error PL1007")]
    [InlineData("version: \"1\"\ndefault: &x deny\n", "standard input(2,10): error PL4002")]
    [InlineData("", "standard input: error PL1004")]
    public async Task Validate_reads_standard_input_in_either_format(string document, string error)
    {
        Tool.Result result = await _tool.RunWithInputAsync(document, "validate", "-");
        Assert.Equal(1, result.Code);
        Assert.Contains(error, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad.json")]
    [InlineData("bad.yaml")]
    public async Task Document_that_is_no_text_is_exit_code_1_in_either_format(string name)
    {
        string bad = _tool.File(name, [(byte)'a', (byte)':', 0xFF]);
        Tool.Result result = await _tool.RunAsync("validate", bad);
        Assert.Equal((1, string.Empty), (result.Code, result.Error));
        Assert.Contains($"{name}(1,3): error PL1003", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _tool.RunAsync("eval", "--policy", bad, "--tool", "a")).Code);
    }

    // A document, or a model, must not write to the terminal of whoever looks at it.
    [Fact]
    public async Task Text_of_others_cannot_move_the_cursor()
    {
        string bad = _tool.File("bad.json", """{ "version": "1", "default": "deny", "a\u001b[2J\u009b2J\u202eb\u2028": 1 }""");
        string[] shown = [(await _tool.RunAsync("validate", bad)).Output, (await _tool.RunAsync("eval", "--policy", bad, "--tool", "a")).Error, (await _tool.RunAsync("eval", "--policy", _tool.File("good.json", """{ "version": "1", "default": "deny" }"""), "--tool", "a\u001b\u202e\r")).Output];
        Assert.All(shown, static text => Assert.DoesNotContain(text, static c => c is '\u001b' or '\u009b' or '\u202e' or '\u2028' or '\r'));
    }

    [Fact]
    public async Task Name_that_begins_with_an_at_sign_is_a_name()
    {
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Assert.StartsWith("deny               @scope/tool ", (await _tool.RunAsync("eval", "--policy", good, "--tool", "@scope/tool")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_is_the_one_of_the_documentation()
    {
        Tool.Result result = await _tool.RunAsync("schema");
        Assert.Equal("PolicyLayer tool policy", JsonElement.Parse(result.Output).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("add")]
    [InlineData("list")]
    [InlineData("rotate")]
    [InlineData("revoke")]
    public async Task Help_of_a_command_within_another_has_its_own_examples(string command)
    {
        Tool.Result result = await _tool.RunAsync("grants", command, "--help");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Contains($"grants {command} [options]", result.Output, StringComparison.Ordinal);
        Assert.Contains($"Examples:\n  policylayer grants {command} --file grants.json", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list", "list --state sqlite:state.db")]
    [InlineData("show", "show 3f9c0a1b2c3d --state sqlite:state.db")]
    [InlineData("approve", "approve 3f9c0a1b2c3d --state sqlite:state.db")]
    [InlineData("deny", "deny 3f9c0a1b2c3d --state sqlite:state.db")]
    public async Task Help_of_approvals_has_its_own_examples(string command, string example)
    {
        Tool.Result result = await _tool.RunAsync("approvals", command, "--help");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Contains($"Examples:\n  policylayer approvals {example}", result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done; 1 there is no such approval", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("eval --help")]
    [InlineData("validate -h")]
    [InlineData("migrate --help")]
    [InlineData("schema --help")]
    [InlineData("proxy --help")]
    [InlineData("approvals --help")]
    [InlineData("grants --help")]
    [InlineData("audit --help")]
    [InlineData("audit verify --help")]
    [InlineData("audit tail --help")]
    [InlineData("audit args-mac --help")]
    [InlineData("python --help")]
    public async Task Help_is_not_an_error(string command)
    {
        Tool.Result result = await _tool.RunAsync(command.Split(' '));
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  policylayer " + command.Split(' ')[0].TrimStart('-').Replace("help", "validate", StringComparison.Ordinal), result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done", result.Output, StringComparison.Ordinal);
    }
}

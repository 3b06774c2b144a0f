using System.Text.Json;

namespace PolicyLayer.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    // What is not refused may run for ever.
    [Theory(Timeout = 60_000)]
    [InlineData("evla", "`evla` is not a command")]
    [InlineData("eval --tool a", "option '--policy' is required")]
    [InlineData("eval --policy nowhere.json --tool a", "nowhere.json: error PL1001: there is no such file")]
    [InlineData("eval --policy {good}", "either --tool NAME or --calls FILE")]
    [InlineData("eval --policy {good} --tool a --calls b", "either --tool NAME or --calls FILE")]
    [InlineData("eval --policy {good} --calls {good} --args 1", "--args belongs to --tool")]
    [InlineData("eval --policy {good} --calls nowhere.jsonl", "nowhere.jsonl: the file cannot be read")]
    [InlineData("eval --policy {good} --tool a --state redis:x", "a shared server counts by its own; use `memory` or `sqlite:FILE`")]
    [InlineData("eval --policy {good} --tool a --state postgres:Password=secret", "--state `postgres`: calls are replayed by their own clock")]
    [InlineData("eval --policy {good} --tool a --state file:x", "`file` is no store")]
    [InlineData("eval --policy {good} --tool a --state sqlite:", "`sqlite` is no store")]
    [InlineData("eval --policy {good} --tool a --state sqlite:/no/such/folder/state.db", "the file of the counters `/no/such/folder/state.db` cannot be used: ")]
    [InlineData("eval --policy {good} --policy {good} --tool a", "one policy is named twice")]
    [InlineData("eval --policy {good} --tool a --format xml", "--format `xml` must be one of text, json (see `policylayer eval --help`)")]
    [InlineData("eval --policy {good} --tool a --audit /nowhere/audit.jsonl", "the audit file cannot be opened")]
    [InlineData("eval --policy {good} --tool a --audit {good}", "good.json` is a file that this command reads")]
    [InlineData("eval --policy {good} --tool a --audit-key {good}", "--audit-key belongs to --audit; give both")]
    [InlineData("eval --policy {good} --tool a --audit a.jsonl --audit-key {empty}", "an empty name is no file (--audit-key)")]
    [InlineData("eval --policy {good} --tool a --audit a.jsonl --audit-key nowhere.key", "nowhere.key: there is no such file; a key is made with `openssl rand -hex 32`")]
    [InlineData("eval --policy {good} --tool a --audit a.jsonl --audit-key ./a.jsonl", "--audit `a.jsonl` is a file that this command reads")]
    [InlineData("proxy --policy {good} --audit-key {good} -- server", "--audit-key belongs to --audit; give both")]
    [InlineData("proxy --policy {good} --audit a.jsonl --audit-key nowhere.key -- server", "nowhere.key: there is no such file")]
    [InlineData("proxy --policy {good} --require-audit -- server", "--require-audit needs --audit FILE")]
    [InlineData("proxy --policy {good} --audit {good} -- server", "good.json` is a file that this command reads")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --grants g.json --audit ./g.json", "--audit `./g.json` is a file that this command reads")]
    [InlineData("validate nowhere.json", "nowhere.json: error PL1001: there is no such file")]
    [InlineData("validate {good} --tools {good}", "good.json(1,1): error PL1008: `tools` is missing")]
    [InlineData("validate {good} --tools /dev/null", "/dev/null: error PL1004: the list of tools is empty")]
    [InlineData("validate {good} --tools /", "/: error PL1001: this is a folder; name a file")]
    [InlineData("validate", "validate")]
    [InlineData("validate {empty}", "an empty name is no file (FILE)")]
    [InlineData("eval --policy {empty} --tool a", "an empty name is no file (--policy)")]
    [InlineData("eval --policy {good} --calls {empty}", "an empty name is no file (--calls)")]
    [InlineData("eval --policy {good} --tool a --tools {empty}", "an empty name is no file (--tools)")]
    [InlineData("eval --policy {good} --tool a --audit {empty}", "an empty name is no file (--audit)")]
    [InlineData("migrate {good} -o {empty}", "an empty name is no file (--output)")]
    [InlineData("eval --policy {good} --tool a --show-values", "--show-values adds to --explain")]
    [InlineData("eval --policy - --calls -", "either a policy or calls")]
    [InlineData("proxy --policy {good}", "its program behind -- (COMMAND), or --upstream URL and --listen URL")]
    [InlineData("proxy --policy {good} --upstream http://127.0.0.1:1/mcp", "needs --upstream URL and --listen URL")]
    [InlineData("proxy --policy {good} --grants g.json -- server", "needs --upstream URL and --listen URL")]
    [InlineData("proxy --policy {good} --upstream ftp://a/mcp --listen http://127.0.0.1:0", "--upstream `ftp://a/mcp` is no address")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen 8080", "--listen `8080` is no address")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen https://127.0.0.1:0", "--listen speaks plain http")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://0.0.0.0:0/mcp", "name those who may call with --grants")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --allow-origin https://a.example/", "`https://a.example/` is what no browser sends")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --allow-host mcp.example:80", "--allow-host `mcp.example:80` is no name of a host")]
    [InlineData("proxy --policy {good} --allow-host mcp.example -- server", "over HTTP the proxy needs --upstream URL and --listen URL, and no program behind --")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --upstream-header Authorization", "must be NAME=VARIABLE")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0//mcp", "its path must be plain, such as /mcp")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0/my%20mcp", "its path must be plain, such as /mcp")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0/{server}", "its path must be plain, such as /mcp")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0/mcp?key=1", "its path must be plain, such as /mcp")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --upstream-header Content-Type=PATH", "`Content-Type` is no header that can be given")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://127.0.0.1:0 --upstream-header A=NO_SUCH_VARIABLE", "`NO_SUCH_VARIABLE` is not set")]
    [InlineData("proxy --policy {good} --upstream http://a/mcp --listen http://192.0.2.1:1/ --grants {good}", "cannot be listened to")]
    [InlineData("proxy -- server", "option '--policy' is required")]
    [InlineData("proxy --policy {empty} -- server", "an empty name is no file (--policy)")]
    [InlineData("proxy --policy {good} -- {empty}", "its program behind -- (COMMAND)")]
    [InlineData("proxy --policy - -- server", "standard input is the client's")]
    [InlineData("proxy --policy {good} --audit /nowhere/audit.jsonl -- server", "the audit file cannot be opened")]
    [InlineData("proxy --policy {good} -- no-such-server --policy x", "the command `no-such-server` cannot be started")]
    [InlineData("proxy --policy {good} --approval-wait 5 -- server", "--approval-wait: with --state `memory` nobody can answer what waits; name `sqlite:FILE`, ")]
    [InlineData("proxy --policy {good} --state sqlite:a.db --approval-wait -1 -- server", "--approval-wait must be 0 to 86400 seconds, not -1")]
    [InlineData("proxy --policy {good} --state sqlite:a.db --approval-wait 86401 -- server", "--approval-wait must be 0 to 86400 seconds, not 86401")]
    [InlineData("proxy --policy {good} --state sqlite:a.db --approval-wait 1.5 -- server", "--approval-wait must be 0 to 86400 whole seconds, not `1.5`")]
    [InlineData("proxy --policy {good} --state file:x -- server", "`file` is no store")]
    [InlineData("approvals", "see `policylayer approvals --help`")]
    [InlineData("approvals list", "option '--state' is required (see `policylayer approvals list --help`)")]
    [InlineData("approvals list --state memory", "--state `memory`: what waits in memory ends with its process, and no other sees it")]
    [InlineData("approvals list --state file:x", "`file` is no store")]
    [InlineData("approvals list --state sqlite:/no/such/state.db", "--state `sqlite`: there is no file `/no/such/state.db`")]
    [InlineData("approvals list --state sqlite:{good}", "--state `sqlite`: the file of the approvals `good.json` cannot be used: ")]
    [InlineData("approvals list --state postgres:Password=secret;nonsense", "--state `postgres`: the connection string is none that Npgsql understands")]
    [InlineData("approvals list --state sqlite:{good} --format xml", "--format `xml` must be one of text, json (see `policylayer approvals list --help`)")]
    [InlineData("approvals show --state sqlite:{good}", "required argument 'ID' missing")]
    [InlineData("approvals show {empty} --state sqlite:{good}", "the id of an approval must not be empty (ID)")]
    [InlineData("approvals show a --state memory", "--state `memory`: ")]
    [InlineData("approvals show a b --state sqlite:{good}", "`b` is not a command or an option here")]
    [InlineData("approvals approve a --state memory", "--state `memory`: ")]
    [InlineData("approvals approve a --state sqlite:{good} --by {empty}", "an empty name is nobody (--by)")]
    [InlineData("approvals deny --state sqlite:{good}", "required argument 'ID' missing")]
    [InlineData("grants", "see `policylayer grants --help`")]
    [InlineData("grants list --file {empty}", "an empty name is no file (--file)")]
    [InlineData("grants list", "option '--file' is required (see `policylayer grants list --help`)")]
    [InlineData("audit", "see `policylayer audit --help`")]
    [InlineData("audit verify", "required argument 'FILE' missing")]
    [InlineData("audit verify {empty}", "an empty name is no file (FILE)")]
    [InlineData("audit verify {good} --key {empty}", "an empty name is no file (--key)")]
    [InlineData("audit verify {good} --checkpoint {empty}", "an empty name is no file (--checkpoint)")]
    [InlineData("audit verify {good} --format xml", "--format `xml` must be one of text, json (see `policylayer audit verify --help`)")]
    [InlineData("audit args-mac --key {good}", "required argument 'FILE' missing")]
    [InlineData("audit args-mac {empty} --key {good}", "an empty name is no file (FILE)")]
    [InlineData("audit args-mac {good} --key {empty}", "an empty name is no file (--key)")]
    [InlineData("audit tail nowhere.jsonl", "nowhere.jsonl: the file cannot be read")]
    [InlineData("audit tail -", "standard input cannot be followed; name the file of the trail")]
    [InlineData("audit tail {empty}", "an empty name is no file (FILE)")]
    [InlineData("audit tail {good} --lines -1", "--lines must be a whole number, 0 or more, not `-1`")]
    [InlineData("audit tail {good} --lines ten", "--lines must be a whole number, 0 or more, not `ten`")]
    [InlineData("python nowhere.py", "nowhere.py: the file cannot be read")]
    [InlineData("python /", "/: this is a folder; a program is a file")]
    [InlineData("python {empty}", "an empty name is no file (FILE)")]
    [InlineData("python a.py b.py", "`b.py` is not a command or an option here")]
    [InlineData("python a.py --timeout 0", "--timeout must be 0.001 to 3600 seconds, not 0")]
    [InlineData("python a.py --timeout 3601", "--timeout must be 0.001 to 3600 seconds, not 3601")]
    [InlineData("python a.py --timeout NaN", "--timeout must be 0.001 to 3600 seconds, not NaN")]
    [InlineData("python a.py --timeout x", "--timeout must be 0.001 to 3600 seconds, not `x`")]
    [InlineData("python a.py --timeout 1,5", "--timeout must be 0.001 to 3600 seconds, not `1,5`")]
    [InlineData("python a.py --memory 8", "--memory must be 64 to 65536 megabytes, not 8")]
    [InlineData("python a.py --memory 99999999999", "--memory must be 64 to 65536 whole megabytes, not `99999999999`")]
    [InlineData("python a.py --allow-import math,", "--allow-import `` is not the name of a module")]
    [InlineData("python a.py --allow-import os;rm", "--allow-import `os;rm` is not the name of a module")]
    [InlineData("python a.py --require most", "--require `most` must be one of full, kernel, seccomp, none")]
    [InlineData("python a.py --report", "--report runs nothing; leave FILE away")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string command, string error)
    {
        string good = _tool.File("good.json", """{ "version": "1", "default": "deny" }""");
        Tool.Result result = await _tool.RunAsync([.. command.Split(' ').Select(word => word.Replace("{good}", good, StringComparison.Ordinal).Replace("{empty}", string.Empty, StringComparison.Ordinal))]);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.StartsWith("policylayer: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

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

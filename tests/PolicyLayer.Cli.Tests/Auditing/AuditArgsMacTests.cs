using System.Text.Json;

namespace PolicyLayer.Cli.Tests.Auditing;

/// <summary>What `audit args-mac` prints, and that it finds the records.</summary>
public sealed class AuditArgsMacTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _key;

    public AuditArgsMacTests() => _key = _tool.File("audit.key", [.. Trail.Key, (byte)'\n']);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("""{"a":1,"b":"x"}""")]
    [InlineData("\n{ \"b\": \"\\u0078\", \"a\": 10e-1 }\r\n")]
    public async Task Mac_is_one_line_however_the_arguments_are_written(string arguments)
    {
        const string mac = "9eb2aeb70f17aa809cd8988b7fc6f2a093303d957a61042e787e49b08ffdc765\n";
        Tool.Result file = await _tool.RunAsync("audit", "args-mac", _tool.File("args.json", arguments), "--key", _key);
        Tool.Result input = await _tool.RunWithInputAsync(arguments, "audit", "args-mac", "-", "--key", _key);
        Assert.Equal((0, mac, string.Empty), (file.Code, file.Output, file.Error));
        Assert.Equal((0, mac, string.Empty), (input.Code, input.Output, input.Error));
    }

    [Fact]
    public async Task Record_of_the_call_has_it()
    {
        string policy = _tool.File("policy.json", """{ "version": "1", "default": "deny", "tools": { "t": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "eq", "value": 2 }] }] } } }""");
        string trail = _tool.PathOf("audit.jsonl");
        string calls = _tool.File("calls.jsonl", """
            { "tool": "t", "arguments": { "b": "x", "a": 1.0 } }
            { "tool": "t", "arguments": { "b": "x", "a": 2 } }
            { "tool": "t", "arguments": { "a": 1, "b": "x" } }
            """);
        Assert.Equal(0, (await _tool.RunAsync("eval", "--policy", policy, "--calls", calls, "--audit", trail, "--audit-key", _key)).Code);
        Assert.Equal((string?[])["allow", "allow"], await FoundAsync("""{"a":1,"b":"x"}"""));
        Assert.Equal((string?[])["deny"], await FoundAsync("""{"a":2,"b":"x"}"""));
        Assert.Empty(await FoundAsync("{}"));

        async Task<string?[]> FoundAsync(string arguments)
        {
            string mac = (await _tool.RunWithInputAsync(arguments, "audit", "args-mac", "-", "--key", _key)).Output.TrimEnd();
            return [.. (await File.ReadAllLinesAsync(trail, Token)).Where(line => line.Contains(mac, StringComparison.Ordinal)).Select(static line => JsonElement.Parse(line).GetProperty("decision").GetString())];
        }
    }

    [Theory]
    [InlineData("""{"secret":1,"secret":1}""", "no record has a MAC of these arguments: an object in them has the same key twice")]
    [InlineData("""{"a":"secret\ud800"}""", "no record has a MAC of these arguments: a text in them has half of a surrogate pair")]
    [InlineData("\"secret\"", "no record has a MAC of these arguments: they must be one JSON object")]
    [InlineData("{\"secret\":1,}", "no record has a MAC of these arguments: they are not strict JSON")]
    [InlineData("", "no record has a MAC of these arguments: they are not strict JSON")]
    [InlineData("deep", "no record has a MAC of these arguments: they are nested deeper than 64 levels")]
    [InlineData("long", ": the file is larger than 1048576 bytes, so it is not the arguments of a call")]
    public async Task Arguments_that_no_record_has_a_mac_of_are_one_line_that_shows_nothing_of_them(string arguments, string error)
    {
        string text = arguments switch
        {
            "deep" => $"{{\"a\":{new string('[', 64)}{new string(']', 64)}}}",
            "long" => "{}" + new string(' ', 1 << 20),
            _ => arguments,
        };
        foreach (Tool.Result result in (Tool.Result[])[await _tool.RunAsync("audit", "args-mac", _tool.File("args.json", text), "--key", _key), await _tool.RunWithInputAsync(text, "audit", "args-mac", "-", "--key", _key)])
        {
            Assert.Equal((2, string.Empty), (result.Code, result.Output));
            Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_one_line()
    {
        string arguments = _tool.File("args.json", "{}");
        await AssertRefusedAsync("nowhere.json: there is no such file", _tool.PathOf("nowhere.json"), "--key", _key);
        await AssertRefusedAsync(": this is a folder; the arguments of a call is a file", _tool.PathOf(string.Empty), "--key", _key);
        await AssertRefusedAsync("the key has 2 bytes and needs at least 32", arguments, "--key", _tool.File("short.key", "{}"));
        await AssertRefusedAsync("args.json` is the file of the arguments; name the file of the key", arguments, "--key", arguments);
        await AssertRefusedAsync("option '--key' is required", arguments);
    }

    private async Task AssertRefusedAsync(string error, params string[] options)
    {
        Tool.Result result = await _tool.RunAsync(["audit", "args-mac", .. options]);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}

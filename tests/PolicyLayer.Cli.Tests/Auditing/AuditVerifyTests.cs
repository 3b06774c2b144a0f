using System.Text;
using System.Text.Json;

namespace PolicyLayer.Cli.Tests.Auditing;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly Trail _trail;

    public AuditVerifyTests() => _trail = new Trail(_tool);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Trail_as_it_was_written_is_one_line()
    {
        string hash = Trail.Hash(_trail.Write());
        Tool.Result result = await VerifyAsync();
        Assert.Equal((0, $"audit.jsonl: intact, 6 records, the last is 6 {hash}; without a key or a checkpoint, a file written anew as a whole looks the same\n", string.Empty), (result.Code, result.Output, result.Error));
        Tool.Result json = await VerifyAsync("--format", "json");
        Assert.Equal((0, $$"""{"file":"audit.jsonl","intact":true,"lines":6,"torn_lines":0,"last":{"seq":6,"hash":"{{hash}}"},"without_key":0,"intact_from":1,"problems":[]}""" + "\n", string.Empty), (json.Code, json.Output, json.Error));
    }

    [Fact]
    public async Task Trail_that_was_changed_is_a_line_for_each_change_and_a_sum()
    {
        string[] lines = _trail.Write();
        lines[2] = lines[2].Replace("\"allow\"", "\"deny\"", StringComparison.Ordinal);
        Trail.Save(_trail.Path, [.. lines[..4], .. lines[5..]]);
        Tool.Result result = await VerifyAsync();
        Assert.Equal((1, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["audit.jsonl:3: it was changed: its hash is not that of its text", "audit.jsonl:5: record 6 follows record 4: those between them are missing", "audit.jsonl: broken, 2 problems in 5 lines"],
            result.Lines);
        Tool.Result json = await VerifyAsync("--format", "json");
        Assert.Equal((1, """{"line":3,"message":"it was changed: its hash is not that of its text"}"""), (json.Code, JsonElement.Parse(Assert.Single(json.Lines)).GetProperty("problems")[0].GetRawText()));
    }

    [Fact]
    public async Task Torn_line_is_told_of_and_is_no_break()
    {
        _trail.Write();
        await File.AppendAllTextAsync(_trail.Path, "{\"v\":1,\"seq\":7", Token);
        Assert.Contains("6 records, the last is 6 ", (await VerifyAsync()).Output, StringComparison.Ordinal);
        _trail.Write();
        Tool.Result result = await VerifyAsync();
        Assert.Equal(0, result.Code);
        Assert.Contains("12 records, the last is 12 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("; 1 torn line, which a process did not finish: no record is missing there", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_problems_are_counted_to_a_bound()
    {
        Trail.Save(_trail.Path, [.. Enumerable.Range(1, 150).Select(static i => $$"""{"seq":{{2 * i}}}""")]);
        Tool.Result result = await VerifyAsync();
        Assert.Equal((1, 101, "audit.jsonl: broken, 100 problems or more in 150 lines"), (result.Code, result.Lines.Length, result.Lines[^1]));
    }

    [Theory]
    [InlineData("", 0, "audit.jsonl: intact, no records")]
    [InlineData("\n\n", 1, "audit.jsonl: broken, 2 problems in 2 lines")]
    [InlineData("\0\u0001\u001b[2J\n", 1, "audit.jsonl: broken, 1 problem in 1 line")]
    public async Task File_that_is_no_trail_is_not_taken_for_one(string text, int code, string sum)
    {
        await File.WriteAllTextAsync(_trail.Path, text, Token);
        Tool.Result result = await VerifyAsync();
        Assert.Equal((code, sum, string.Empty), (result.Code, result.Lines[^1], result.Error));
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task Standard_input_is_read_where_it_is_named()
    {
        _trail.Write();
        Tool.Result result = await _tool.RunWithInputAsync(await File.ReadAllBytesAsync(_trail.Path, Token), "audit", "verify", "-");
        Assert.Equal(0, result.Code);
        Assert.StartsWith("standard input: intact, 6 records", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_is_read_while_a_process_writes_it()
    {
        _trail.Write();
        using var writer = new FileStream(_trail.Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        Assert.Equal(0, (await VerifyAsync()).Code);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task Key_is_the_file_without_its_line_end(string end)
    {
        _trail.Write(Trail.Key);
        Tool.Result result = await VerifyAsync("--key", _tool.File("audit.key", [.. Trail.Key, .. Encoding.UTF8.GetBytes(end)]));
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.EndsWith(Trail.Hash(await File.ReadAllLinesAsync(_trail.Path, Token)) + "\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await VerifyAsync("--key", _tool.File("audit.key", [.. Trail.Key, (byte)'\n', (byte)'\n']))).Code);
    }

    [Fact]
    public async Task Trail_with_a_key_is_one_line_where_it_is_not_given()
    {
        _trail.Write(Trail.Key);
        await AssertRefusedAsync("audit.jsonl: this trail is written with a key, and cannot be checked without it; name its file with --key");
        Trail.Save(_trail.Path, (await File.ReadAllLinesAsync(_trail.Path, Token))[2..]);
        await AssertRefusedAsync("this trail is written with a key");
    }

    [Fact]
    public async Task Trail_without_the_key_is_broken_where_one_is_given()
    {
        _trail.Write();
        Tool.Result result = await VerifyAsync("--key", _tool.File("audit.key", Trail.Key));
        Assert.Equal((1, "audit.jsonl:1: its hash was made without the key; so it is up to line 6"), (result.Code, result.Lines[0]));
    }

    [Fact]
    public async Task Trail_that_was_begun_without_the_key_is_checked_from_the_key_on()
    {
        string checkpoint = _tool.PathOf("audit.checkpoint");
        string key = _tool.File("audit.key", Trail.Key);
        _trail.Write();
        Assert.Equal(0, (await VerifyAsync("--checkpoint", checkpoint)).Code);
        string hash = Trail.Hash(_trail.Write(Trail.Key));
        Tool.Result alone = await VerifyAsync("--key", key);
        Assert.Equal(1, alone.Code);
        Assert.Equal(["audit.jsonl:1: its hash was made without the key; so it is up to line 6", "audit.jsonl: broken, 1 problem in 12 lines; from line 7 on nothing is wrong"], alone.Lines);
        JsonElement json = JsonElement.Parse((await VerifyAsync("--key", key, "--format", "json")).Output);
        Assert.Equal((0, 7), (json.GetProperty("without_key").GetInt64(), json.GetProperty("intact_from").GetInt64()));
        for (int i = 0; i < 2; i++)
        {
            Tool.Result result = await VerifyAsync("--key", key, "--checkpoint", checkpoint);
            Assert.Equal((0, $"audit.jsonl: intact, 12 records, the last is 12 {hash}; 6 records without the key: the checkpoint speaks for them\n", string.Empty), (result.Code, result.Output, result.Error));
        }
    }

    [Fact]
    public async Task Key_that_cannot_be_one_is_refused_and_nothing_of_it_shown()
    {
        _trail.Write(Trail.Key);
        await AssertRefusedAsync("short.key: the key has 6 bytes and needs at least 32; one is made with `openssl rand -hex 32`", "--key", _tool.File("short.key", "secret\n"));
        await AssertRefusedAsync("short.key: the key has 31 bytes", "--key", _tool.File("short.key", new string('k', 31) + "\r\n"));
        await AssertRefusedAsync("large.key: the file is larger than 65536 bytes, so it is not a key", "--key", _tool.File("large.key", new byte[65537]));
        await AssertRefusedAsync("nowhere.key: there is no such file; a key is made with `openssl rand -hex 32`", "--key", _tool.PathOf("nowhere.key"));
        await AssertRefusedAsync(": this is a folder; a key is a file", "--key", _tool.PathOf(string.Empty));
        await AssertRefusedAsync("` is the trail itself; name the file of its key", "--key", _trail.Path);
    }

    [Fact]
    public async Task Files_that_cannot_be_checked_are_one_line()
    {
        await AssertRefusedAsync("audit.jsonl: there is no such file (looked for `");
        Directory.CreateDirectory(_trail.Path);
        await AssertRefusedAsync("audit.jsonl: this is a folder; an audit trail is a file");
    }

    private Task<Tool.Result> VerifyAsync(params string[] options) => _tool.RunAsync(["audit", "verify", _trail.Path, .. options]);

    private async Task AssertRefusedAsync(string error, params string[] options)
    {
        Tool.Result result = await VerifyAsync(options);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }
}

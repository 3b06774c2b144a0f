using System.Text.Json;

namespace PolicyLayer.Cli.Tests.Auditing;

/// <summary>What `audit verify --checkpoint` compares and remembers.</summary>
public sealed class AuditCheckpointTests : IDisposable
{
    private const string Digits = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private readonly Tool _tool = new();
    private readonly Trail _trail;
    private readonly string _checkpoint;

    public AuditCheckpointTests() => (_trail, _checkpoint) = (new Trail(_tool), _tool.PathOf("audit.checkpoint"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task First_time_makes_it_and_says_so()
    {
        string hash = Trail.Hash(_trail.Write());
        Tool.Result result = await VerifyAsync();
        Assert.Equal((0, "policylayer: audit.checkpoint: there was no checkpoint, so none was compared; it is made\n"), (result.Code, result.Error));
        Assert.Equal($$"""{"seq":6,"hash":"{{hash}}"}""" + "\n", Text());
        Tool.Result second = await VerifyAsync();
        Assert.Equal((0, $"audit.jsonl: intact, 6 records, the last is 6 {hash}\n", string.Empty), (second.Code, second.Output, second.Error));
    }

    [Fact]
    public async Task It_follows_a_trail_that_goes_on()
    {
        _trail.Write();
        await VerifyAsync();
        string hash = Trail.Hash(_trail.Write());
        Assert.Equal(0, (await VerifyAsync("--format", "json")).Code);
        Assert.Equal($$"""{"seq":12,"hash":"{{hash}}"}""" + "\n", Text());
        Assert.Equal(["audit.checkpoint", "audit.checkpoint.lock", "audit.jsonl", "audit.jsonl.lock"], Directory.GetFiles(_tool.PathOf(string.Empty)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task End_that_was_cut_off_is_found_and_it_stays()
    {
        string[] lines = _trail.Write();
        await VerifyAsync();
        string before = Text();
        Trail.Save(_trail.Path, lines[..4]);
        Tool.Result result = await VerifyAsync();
        Assert.Equal((1, "audit.jsonl:4: the trail ends with record 4, and the checkpoint is record 6: lines were cut off", before), (result.Code, result.Lines[0], Text()));
        await File.WriteAllTextAsync(_trail.Path, string.Empty, Token);
        Assert.Equal((1, before), ((await VerifyAsync()).Code, Text()));
    }

    [Fact]
    public async Task Trail_that_was_written_anew_is_found_and_it_stays()
    {
        _trail.Write();
        await VerifyAsync();
        string before = Text();
        File.Delete(_trail.Path);
        _trail.Write();
        Tool.Result result = await VerifyAsync();
        Assert.Equal((1, "audit.jsonl:6: record 6 is not the one of the checkpoint: the trail was written anew", before), (result.Code, result.Lines[0], Text()));
    }

    [Fact]
    public async Task Broken_or_empty_trail_makes_none()
    {
        await File.WriteAllTextAsync(_trail.Path, string.Empty, Token);
        Assert.Equal(0, (await VerifyAsync()).Code);
        Trail.Save(_trail.Path, _trail.Write()[1..]);
        Assert.Equal(1, (await VerifyAsync()).Code);
        Assert.False(File.Exists(_checkpoint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"seq":1}""")]
    [InlineData($$"""{"seq":0,"hash":"sha256:{{Digits}}"}""")]
    [InlineData($$"""{"seq":"1","hash":"sha256:{{Digits}}"}""")]
    [InlineData($$"""{"seq":1.5,"hash":"sha256:{{Digits}}"}""")]
    [InlineData($$"""{"seq":1,"hash":"{{Digits}}"}""")]
    [InlineData($$"""{"seq":1,"hash":"sha256:{{Digits}}0"}""")]
    [InlineData("""{"seq":1,"hash":"sha256:ABC"}""")]
    [InlineData("""{"seq":1,"hash":"\ud800"}""")]
    [InlineData($$"""{"seq":1,"hash":"sha256:{{Digits}}","note":1}""")]
    [InlineData($$"""{"seq":1,"seq":1,"hash":"sha256:{{Digits}}"}""")]
    public async Task File_that_is_none_is_refused_and_left_alone(string text)
    {
        _trail.Write();
        await File.WriteAllTextAsync(_checkpoint, text, Token);
        await AssertRefusedAsync("audit.checkpoint: this is no checkpoint, such as {\"seq\":5,\"hash\":\"sha256:…\"}, and was left as it is");
        Assert.Equal(text, Text());
    }

    [Fact]
    public async Task File_that_is_something_else_is_never_replaced()
    {
        string[] lines = _trail.Write(Trail.Key);
        string key = _tool.File("audit.key", Trail.Key);
        File.CreateSymbolicLink(_checkpoint, _trail.Path);
        await AssertRefusedAsync("` is the trail or its key, and would be replaced; name another", "--key", key);
        File.Delete(_checkpoint);
        File.CreateSymbolicLink(_checkpoint, key);
        await AssertRefusedAsync("` is the trail or its key, and would be replaced; name another", "--key", key);
        File.Delete(_checkpoint);
        Directory.CreateDirectory(_checkpoint);
        await AssertRefusedAsync("audit.checkpoint: this is a folder; a checkpoint is a file", "--key", key);
        Assert.Equal((lines.Length, Trail.Key.Length), ((await File.ReadAllLinesAsync(_trail.Path, Token)).Length, (await File.ReadAllBytesAsync(key, Token)).Length));
        Tool.Result result = await _tool.RunAsync("audit", "verify", _trail.Path, "--key", key, "--checkpoint", "-");
        Assert.Equal((2, "policylayer: --checkpoint is read and written, so it is a file; name one\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Folder_that_is_missing_is_told_behind_the_answer()
    {
        _trail.Write();
        Tool.Result result = await _tool.RunAsync("audit", "verify", _trail.Path, "--checkpoint", _tool.PathOf("nowhere/audit.checkpoint"));
        Assert.Equal(2, result.Code);
        Assert.StartsWith("audit.jsonl: intact", result.Output, StringComparison.Ordinal);
        Assert.Contains("nowhere/audit.checkpoint: the file cannot be changed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stays_a_link()
    {
        _trail.Write();
        string target = _tool.PathOf("target");
        await _tool.RunAsync("audit", "verify", _trail.Path, "--checkpoint", target);
        File.CreateSymbolicLink(_checkpoint, target);
        _trail.Write();
        Assert.Equal(0, (await VerifyAsync()).Code);
        Assert.Equal(target, File.ResolveLinkTarget(_checkpoint, returnFinalTarget: true)!.FullName);
        Assert.Equal(12, JsonElement.Parse(await File.ReadAllTextAsync(target, Token)).GetProperty("seq").GetInt64());
    }

    // One that began before would forget what another has seen since, and a trail cut back to there would pass.
    [Fact(Timeout = 60_000)]
    public async Task It_never_goes_back()
    {
        _trail.Write();
        using var input = new WaitingStream(await File.ReadAllBytesAsync(_trail.Path, Token));
        Task<int> slow = Task.Run(() => CommandLine.RunAsync(["audit", "verify", "-", "--checkpoint", _checkpoint], new CommandStreams(input, TextWriter.Null, TextWriter.Null, IsPlain: true), Token), Token);
        await input.IsWaiting.WaitAsync(Token);
        _trail.Write();
        await VerifyAsync();
        string later = Text();
        await input.DisposeAsync();
        Assert.Equal((0, later), (await slow, Text()));
    }

    [Fact]
    public async Task Commands_at_once_leave_one_whole()
    {
        string hash = Trail.Hash(_trail.Write());
        Tool.Result[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => VerifyAsync())));
        Assert.All(results, static result => Assert.Equal(0, result.Code));
        Assert.Equal($$"""{"seq":6,"hash":"{{hash}}"}""" + "\n", Text());
    }

    private string Text() => File.ReadAllText(_checkpoint);

    private Task<Tool.Result> VerifyAsync(params string[] options) => _tool.RunAsync(["audit", "verify", _trail.Path, "--checkpoint", _checkpoint, .. options]);

    private async Task AssertRefusedAsync(string error, params string[] options)
    {
        Tool.Result result = await VerifyAsync(options);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}

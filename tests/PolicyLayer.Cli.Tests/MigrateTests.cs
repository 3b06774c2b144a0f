namespace PolicyLayer.Cli.Tests;

public sealed class MigrateTests : IDisposable
{
    private const string Old = """{ "version": "1", "tools": { "a": { "rules": [{ "name": "x", "rate_limit": "5/hour" }] } } }""";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Migrate_writes_the_newer_form_and_notes_what_changed()
    {
        Tool.Result result = await _tool.RunAsync("migrate", _tool.File("old.json", Old));
        Assert.Equal(0, result.Code);
        Assert.Equal("old.json(1,1): note PL3002: `default` is missing, which means `\"allow\"` in this older form: tools without an entry may be called", result.Error.TrimEnd());
        string migrated = _tool.File("new.json", result.Output);
        Assert.Contains("\"counter\": \"a._rate_hour\"", result.Output, StringComparison.Ordinal);
        Assert.Equal((0, "new.json: valid"), ((await _tool.RunAsync("validate", migrated)).Code, (await _tool.RunAsync("validate", migrated)).Output.TrimEnd()));
        Assert.Equal((0, string.Empty, result.Output), ((await _tool.RunAsync("migrate", migrated)).Code, (await _tool.RunAsync("migrate", migrated)).Error, (await _tool.RunAsync("migrate", migrated)).Output));
    }

    [Fact]
    public async Task Migrate_never_replaces_a_file_unasked()
    {
        string old = _tool.File("old.json", Old);
        string target = _tool.File("out.json", "mine");
        Tool.Result refused = await _tool.RunAsync("migrate", old, "-o", target);
        Assert.Equal((2, "mine"), (refused.Code, await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)));
        Assert.Contains("out.json: the file exists", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _tool.RunAsync("migrate", old, "-o", target, "--force")).Code);
        Assert.StartsWith("{", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, (await _tool.RunAsync("migrate", old, "-o", Path.Combine(Path.GetDirectoryName(old)!, "nowhere", "out.json"))).Code);
        Assert.Contains("out.json: the file cannot be written", (await _tool.RunAsync("migrate", old, "-o", _tool.PathOf("nowhere/out.json"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_replaces_what_a_link_means_and_leaves_nothing_else_behind()
    {
        string old = _tool.File("old.json", Old);
        string mine = _tool.File("out.json.unfinished", "mine");
        string target = _tool.File("out.json", "old");
        File.CreateSymbolicLink(_tool.PathOf("link.json"), target);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(0, (await _tool.RunAsync("migrate", old, "-o", _tool.PathOf("link.json"), "--force")).Code);
        Assert.Equal(target, File.ResolveLinkTarget(_tool.PathOf("link.json"), returnFinalTarget: true)!.FullName);
        Assert.StartsWith("{", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(mine, TestContext.Current.CancellationToken));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(target) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(0, (await _tool.RunAsync("migrate", old, "-o", old, "--force")).Code);
        Assert.Equal(4, Directory.GetFiles(Path.GetDirectoryName(old)!).Length);
    }

    [Fact]
    public async Task Migrate_reads_standard_input_and_writes_standard_output_or_a_new_file()
    {
        Tool.Result result = await _tool.RunWithInputAsync("version: \"1\"\ntools:\n  a:\n    rules:\n      - rate_limit: 5/hour\n", "migrate", "-", "-o", "-");
        Assert.Equal(0, result.Code);
        Assert.Contains("\"counter\": \"a._rate_hour\"", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _tool.RunAsync("migrate", _tool.File("old.json", Old), "-o", _tool.PathOf("new.json"))).Code);
        Assert.StartsWith("{", await File.ReadAllTextAsync(_tool.PathOf("new.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("standard input(1,1): note PL3002", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_of_what_cannot_be_translated_writes_nothing()
    {
        Tool.Result result = await _tool.RunAsync("migrate", _tool.File("old.json", """{ "version": "1", "tools": { "a": { "rules": [{ "name": "x", "spend": {} , "conditions": [] }] } } }"""));
        Assert.Equal((1, string.Empty), (result.Code, result.Output));
        Assert.Contains("error PL1021", result.Error, StringComparison.Ordinal);
    }
}

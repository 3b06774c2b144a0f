using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Cli.Tests.Grants;

public sealed class GrantsTests : IDisposable
{
    private const string Hash1 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Hash2 = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

    /// <summary>Written by a person, who would not like to see it laid out anew.</summary>
    private const string ByHand = $$"""
        { "grants":  [
            { "id": "b\u0061", "label": "Büro", "attributes": { "level": 1.0, "teams": [ "x" ] },   "token_sha256": "{{Hash1}}" },
            { "token_sha256": "{{Hash2}}",
              "id": "old", "expires": "2020-01-01T00:00:00Z" }
        ] }

        """;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Add_prints_the_token_and_writes_its_hash_alone()
    {
        string file = _tool.PathOf("grants.json");
        Tool.Result result = await _tool.RunAsync("grants", "add", "--file", file, "--id", "ci", "--label", "Büro \"1\"\n", "--attribute", "team=build", "--attribute", "a=b=c", "--attribute", "e=", "--policy", "p", "--policy", "q", "--expires", "2999-01-01T00:00:00Z");
        string token = Assert.Single(result.Lines);
        Assert.Equal((0, "policylayer: this is the token of `ci`, shown this once; the file has only its hash"), (result.Code, result.Error.TrimEnd()));
        Assert.Matches("^[0-9a-f]{64}$", token);
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        JsonElement grant = Assert.Single(JsonElement.Parse(text).GetProperty("grants").EnumerateArray());
        Assert.Equal(Hash(token), grant.GetProperty("token_sha256").GetString());
        Assert.Equal(
            """{"id":"ci","label":"Büro \"1\"\n","attributes":{"team":"build","a":"b=c","e":""},"policies":["p","q"],"expires":"2999-01-01T00:00:00Z","expired":false}""",
            Assert.Single((await _tool.RunAsync("grants", "list", "--file", file, "--format", "json")).Lines));
    }

    [Fact]
    public async Task New_file_is_for_its_owner_alone_and_another_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string made = _tool.PathOf("new.json");
        string given = _tool.File("given.json", ByHand);
        const UnixFileMode Group = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(given, Group);
        await AddAsync(made, "a");
        await AddAsync(given, "a");
        Assert.Equal((UnixFileMode.UserRead | UnixFileMode.UserWrite, Group), (File.GetUnixFileMode(made), File.GetUnixFileMode(given)));
    }

    [Fact]
    public async Task What_is_not_changed_keeps_its_bytes()
    {
        string file = _tool.File("grants.json", ByHand);
        string token = await AddAsync(file, "new");
        string added = $",\n    {{\n      \"id\": \"new\",\n      \"token_sha256\": \"{Hash(token)}\"\n    }}\n] }}\n";
        Assert.Equal(ByHand.Replace("\n] }\n", added, StringComparison.Ordinal), Text(file));

        string rotated = (await _tool.RunAsync("grants", "rotate", "--file", file, "--id", "ba", "--expires", "2999-01-01T00:00:00Z")).Output.Trim();
        string expected = ByHand.Replace("\n] }\n", added, StringComparison.Ordinal).Replace(Hash1, Hash(rotated), StringComparison.Ordinal).Replace("\"b\\u0061\",", "\"b\\u0061\", \"expires\": \"2999-01-01T00:00:00Z\",", StringComparison.Ordinal);
        Assert.Equal(expected, Text(file));

        Assert.Equal(0, (await _tool.RunAsync("grants", "revoke", "--file", file, "--id", "new")).Code);
        Assert.Equal(0, (await _tool.RunAsync("grants", "revoke", "--file", file, "--id", "ba")).Code);
        Assert.Equal($"{{ \"grants\":  [\n    {{ \"token_sha256\": \"{Hash2}\",\n      \"id\": \"old\", \"expires\": \"2020-01-01T00:00:00Z\" }}\n] }}\n", Text(file));
        Assert.Equal(0, (await _tool.RunAsync("grants", "revoke", "--file", file, "--id", "old")).Code);
        Assert.Equal("{ \"grants\":  [] }\n", Text(file));
        await AddAsync(file, "first");
        await AddAsync(file, "second");
        Assert.Equal(["first", "second"], await IdsAsync(file));
    }

    [Theory]
    [InlineData($$"""{"grants":[{"id":"a","token_sha256":"{{Hash1}}"}]}""")]
    [InlineData($$"""{"grants":[{"id":"a","token_sha256":"{{Hash1}}"},{"token_sha256":"{{Hash2}}","id":"c","attributes":{"id":"x"} }]}""")]
    public async Task File_on_one_line_stays_on_one(string before)
    {
        string file = _tool.File("grants.json", before);
        string token = await AddAsync(file, "b");
        Assert.Equal(before[..^2] + ",{\"id\":\"b\",\"token_sha256\":\"" + Hash(token) + "\"}]}", Text(file));
        await _tool.RunAsync("grants", "revoke", "--file", file, "--id", "b");
        Assert.Equal(before, Text(file));
    }

    [Fact]
    public async Task List_is_a_table_without_a_word_of_tokens()
    {
        Tool.Result result = await _tool.RunAsync("grants", "list", "--file", _tool.File("grants.json", ByHand));
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["id   label  attributes               policies  expires", "ba   Büro   level=1.0 teams=[ \"x\" ]  all       never", "old  -      -                        all       2020-01-01T00:00:00Z  expired"],
            result.Lines);
    }

    [Fact]
    public async Task List_of_no_grants_says_so_to_people_and_nothing_to_programs()
    {
        string file = _tool.File("grants.json", """{"grants":[]}""");
        Assert.Equal(["no grants, so nobody may call; `policylayer grants add` makes one"], (await _tool.RunAsync("grants", "list", "--file", file)).Lines);
        Assert.Empty((await _tool.RunAsync("grants", "list", "--file", file, "--format", "json")).Lines);
    }

    [Fact]
    public async Task Revoke_takes_every_token_of_a_grant()
    {
        string file = _tool.File("grants.json", $$"""{"grants":[{"id":"a","token_sha256":"{{Hash1}}"},{"id":"b","token_sha256":"{{new string('b', 64)}}"},{"id":"a","token_sha256":"{{Hash2}}"}]}""");
        Tool.Result rotated = await _tool.RunAsync("grants", "rotate", "--file", file, "--id", "a");
        Assert.Equal((2, string.Empty), (rotated.Code, rotated.Output));
        Assert.Contains("several tokens", rotated.Error, StringComparison.Ordinal);
        Tool.Result result = await _tool.RunAsync("grants", "revoke", "--file", file, "--id", "a");
        Assert.Equal((0, string.Empty, "policylayer: the grant `a` is revoked; a proxy refuses it from the next request on"), (result.Code, result.Output, result.Error.TrimEnd()));
        Assert.Equal(["b"], await IdsAsync(file));
    }

    [Theory]
    [InlineData("add --id old", "the grant `old` exists; `policylayer grants rotate` gives it another token")]
    [InlineData("add --id ba", "the grant `ba` exists")]
    [InlineData("add --id new --expires 2020-01-01T00:00:00Z", "--expires `2020-01-01T00:00:00Z` has passed")]
    [InlineData("add --id new --expires 2999-01-01", "--expires `2999-01-01` is no time such as")]
    [InlineData("add --id new --expires 2999-01-01T00:00:00+01:00", "is no time such as")]
    [InlineData("add --id new --expires 2999-02-30T00:00:00Z", "is no time such as")]
    [InlineData("add --id new --attribute team", "--attribute `team` must be KEY=VALUE, such as team=build")]
    [InlineData("add --id new --attribute =x", "must be KEY=VALUE")]
    [InlineData("add --id new --attribute a=1 --attribute a=2", "--attribute `a` is given twice")]
    [InlineData("add --id new --policy {empty}", "an empty name is no policy (--policy)")]
    [InlineData("add --id {empty}", "the id of a grant must not be empty (--id)")]
    [InlineData("add", "option '--id' is required (see `policylayer grants add --help`)")]
    [InlineData("rotate --id nobody", "there is no grant `nobody`; `policylayer grants list` shows which there are")]
    [InlineData("rotate --id OLD", "there is no grant `OLD`")]
    [InlineData("rotate --id old", "the grant `old` has expired, and a new token of it would not count; say until when with --expires")]
    [InlineData("rotate --id ba --expires 2020-01-01T00:00:00Z", "has passed")]
    [InlineData("revoke --id nobody", "there is no grant `nobody`")]
    public async Task What_cannot_be_done_changes_nothing(string command, string error)
    {
        string file = _tool.File("grants.json", ByHand);
        await AssertRefusedAsync(error, [.. $"grants {command}".Split(' ').Select(static word => word == "{empty}" ? string.Empty : word), "--file", file]);
        Assert.Equal(ByHand, Text(file));
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[]", "it must be one object with the one member `grants`")]
    [InlineData("""{"grants":[],"grants":[]}""", "it is no JSON, or a member stands twice in it")]
    [InlineData("""{"grants":[{"id":"a"}]}""", "its grant 1 needs `token_sha256`")]
    [InlineData("""{"grants":[{"id":"a","note":1}]}""", "its grant 1 must be an object, with members of id")]
    public async Task File_that_the_proxy_refuses_is_refused_and_left_alone(string text, string error)
    {
        string file = _tool.File("grants.json", text);
        foreach (string[] command in (string[][])[["add", "--id", "new"], ["rotate", "--id", "a"], ["revoke", "--id", "a"], ["list"]])
        {
            await AssertRefusedAsync($"grants.json: this is no file of grants: {error}", ["grants", .. command, "--file", file]);
            Assert.Equal(text, Text(file));
        }
    }

    [Fact]
    public async Task File_that_cannot_be_used_is_told_and_nothing_is_left_behind()
    {
        foreach (string[] command in (string[][])[["rotate", "--id", "a"], ["revoke", "--id", "a"], ["list"]])
        {
            await AssertRefusedAsync("nowhere.json: there is no such file; `policylayer grants add` makes one", ["grants", .. command, "--file", _tool.PathOf("nowhere.json")]);
        }

        await AssertRefusedAsync("cannot be changed", ["grants", "add", "--id", "a", "--file", _tool.PathOf("nowhere/grants.json")]);
        await AssertRefusedAsync("this is no file of grants: it is larger than 4 MiB", ["grants", "list", "--file", _tool.File("large.json", new string(' ', (4 << 20) + 1))]);
        Assert.Equal(["large.json"], Directory.GetFileSystemEntries(_tool.PathOf(string.Empty)).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Link_to_the_file_stays_a_link()
    {
        string file = _tool.File("grants.json", ByHand);
        string link = _tool.PathOf("link.json");
        File.CreateSymbolicLink(link, file);
        await AddAsync(link, "new");
        Assert.Equal(file, File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName);
        Assert.Equal(["ba", "old", "new"], await IdsAsync(file));
        Assert.True(File.Exists(file + ".lock"));
    }

    [Fact]
    public async Task Commands_at_once_lose_no_grant()
    {
        string file = _tool.PathOf("grants.json");
        string[] tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => AddAsync(file, $"g{i}"))));
        Assert.Equal(16, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(0, 16).Select(static i => $"g{i}").Order(StringComparer.Ordinal), (await IdsAsync(file)).Order(StringComparer.Ordinal));
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Text(string file) => File.ReadAllText(file);

    private async Task AssertRefusedAsync(string error, string[] command)
    {
        Tool.Result result = await _tool.RunAsync(command);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private async Task<string> AddAsync(string file, string id)
    {
        Tool.Result result = await _tool.RunAsync("grants", "add", "--file", file, "--id", id);
        Assert.Equal(0, result.Code);
        return result.Output.Trim();
    }

    private async Task<string[]> IdsAsync(string file) =>
        [.. (await _tool.RunAsync("grants", "list", "--file", file, "--format", "json")).Lines.Select(static line => JsonElement.Parse(line).GetProperty("id").GetString()!)];
}

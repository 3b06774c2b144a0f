using System.Text;
using System.Text.Json;
using PolicyLayer.Cli.Auditing;

namespace PolicyLayer.Cli.Tests.Auditing;

public sealed class AuditTailTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly Trail _trail;

    public AuditTailTests() => _trail = new Trail(_tool);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Each_record_is_a_line()
    {
        string policy = JsonElement.Parse(_trail.Write()[1]).GetProperty("policy").GetString()!;
        Tool.Result result = await TailAsync();
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            [
                "2026-01-01 00:00:00  start     a process begins to write",
                $"2026-01-01 00:00:00  policy    {policy}",
                "2026-01-01 00:00:00  allow     good                        g1            allowed",
                "2026-01-01 00:00:00  deny      bad                         g1            default_deny        (default deny)",
                "2026-01-01 00:00:00  outcome   good                        g1            ok",
                "2026-01-01 00:00:00  stop      the process has ended",
            ],
            result.Lines);
    }

    [Fact]
    public async Task Rule_stands_behind_the_reason_and_time_is_that_of_the_whole_world()
    {
        Trail.Save(_trail.Path, ["""{"seq":1,"ts":"2026-02-03T01:02:03.9+02:00","kind":"decision","tool":"a","grant":"g","decision":"deny","reason":"denied","rule":"/tools/a"}""", """{"seq":2,"ts":"x","kind":"other"}""", """{"seq":3,"ts":"x","kind":"decision","tool":"a","grant":"g","decision":"approval_required","reason":"approval_required","rule":"/tools/a"}""", """{"seq":4,"ts":"x","kind":"approval","tool":"a","grant":"g","decision":"allow","reason":"approved","answered_by":"alice"}""", """{"seq":5,"ts":"x","kind":"approval","tool":"a","grant":"g","decision":"deny","reason":"approval_denied"}"""]);
        Assert.Equal(
            [
                "2026-02-02 23:02:03  deny      a                           g             denied              /tools/a",
                "-                    other",
                "-                    ask       a                           g             approval_required   /tools/a",
                "-                    approval  a                           g             approved            by alice",
                "-                    approval  a                           g             approval_denied",
            ],
            (await TailAsync()).Lines.Select(static line => line.TrimEnd()));
    }

    [Fact]
    public async Task Last_records_are_shown_for_programs_as_they_stand()
    {
        string[] lines = [.. _trail.Write(), .. _trail.Write()[6..]];
        Assert.Equal(lines[2..], (await TailAsync("--format", "json")).Lines);
        Assert.Equal(lines[10..], (await TailAsync("--format", "json", "--lines", "2")).Lines);
        Assert.Equal(lines, (await TailAsync("--format", "json", "--lines", "100")).Lines);
        Assert.Empty((await TailAsync("--lines", "0")).Lines);
    }

    [Fact]
    public async Task Denials_are_counted_alone_where_they_are_asked_for()
    {
        _trail.Write();
        string[] lines = _trail.Write();
        await File.AppendAllTextAsync(_trail.Path, "torn\n", Token);
        Assert.Equal([lines[3], lines[9]], (await TailAsync("--denied", "--format", "json", "--lines", "2")).Lines);
        Assert.Equal(["2026-01-01 00:00:00  deny      bad                         g1            default_deny        (default deny)"], (await TailAsync("--denied", "--lines", "1")).Lines);
    }

    [Fact]
    public void Line_that_was_read_to_know_whether_it_is_a_denial_is_not_read_again()
    {
        string[] lines = _trail.Write();
        var streams = new CommandStreams(Stream.Null, TextWriter.Null, TextWriter.Null, IsPlain: true);
        var all = new TrailPrinter(streams, null, "audit.jsonl", denialsAlone: false);
        var denied = new TrailPrinter(streams, null, "audit.jsonl", denialsAlone: true);
        Assert.Equal("bad", denied.Take(Encoding.UTF8.GetBytes(lines[3]))?.Record?.Tool);
        Assert.Null(denied.Take(Encoding.UTF8.GetBytes(lines[2])));
        Assert.Equal(lines[3], Encoding.UTF8.GetString(Assert.IsType<ShownLine>(all.Take(Encoding.UTF8.GetBytes(lines[3]))).Text.Span));
    }

    // Whoever can write the file must not write to the terminal of whoever looks at it.
    [Fact]
    public async Task Text_of_others_cannot_move_the_cursor()
    {
        const string bad = "a\\u001b[2J\u009b\u202e\u2028\u007f\\r\\n[red]b";
        string line = $$"""{"seq":1,{{"\t"}}"ts":"{{bad}}","kind":"decision","tool":"{{bad}}","grant":"{{bad}}","decision":"{{bad}}","reason":"{{bad}}","rule":"{{bad}}"}""" + "\r";
        Trail.Save(_trail.Path, [line, $$"""{"seq":1,"kind":"{{bad}}","policy":"{{bad}}"}""", $$"""{"seq":1,"kind":"outcome","tool":"{{bad}}","outcome":"{{bad}}"}""", "\u001b[2J"]);
        Tool.Result text = await TailAsync();
        Tool.Result json = await TailAsync("--format", "json");
        Assert.All([text.Output, json.Output, json.Error], static shown => Assert.DoesNotContain(shown, static c => c is '\u001b' or '\u009b' or '\u202e' or '\u2028' or '\u007f' or '\r' or '\t'));
        Assert.Equal((4, 3), (text.Lines.Length, json.Lines.Length));
        Assert.Contains("a?[2J????", text.Lines[0], StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(line), JsonElement.Parse(json.Lines[0])));
    }

    [Fact]
    public async Task Line_that_is_no_record_is_said_to_be_none()
    {
        await File.WriteAllBytesAsync(_trail.Path, [.. "torn\n\n{}\n{\"seq\":1,\"tool\":\"\\ud800\"}\n{\"seq\":1,\"tool\":\""u8, 0xFF, .. "\"}\n{\"seq\":1,\"kind\":\"stop\"}\n{\"seq\":2,\"kind\":\"start\"}"u8], Token);
        Tool.Result text = await TailAsync();
        Assert.Equal([.. Enumerable.Repeat("(not a record)", 5), "-                    stop      the process has ended"], text.Lines);
        Tool.Result json = await TailAsync("--format", "json");
        Assert.Equal((0, "{\"seq\":1,\"kind\":\"stop\"}\n", "policylayer: audit.jsonl: lines that are not a record are left out\n"), (json.Code, json.Output, json.Error));
    }

    [Fact]
    public async Task Text_that_is_longer_than_any_of_ours_is_cut()
    {
        Trail.Save(_trail.Path, [$$"""{"seq":1,"kind":"policy","policy":"{{new string('x', 1000)}}"}"""]);
        Assert.EndsWith("  " + new string('x', 200) + "…", Assert.Single((await TailAsync()).Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_cannot_be_followed_is_one_line()
    {
        await AssertRefusedAsync("audit.jsonl: there is no such file (looked for `");
        Directory.CreateDirectory(_trail.Path);
        await AssertRefusedAsync("audit.jsonl: this is a folder; an audit trail is a file");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("text", "(not a record)")]
    [InlineData("json", "\"seq\":12,")]
    public async Task What_is_written_is_shown_until_it_is_told_to_stop(string format, string shown)
    {
        _trail.Write();
        await using var output = new SeenOutput();
        using var stop = new CancellationTokenSource();
        Task<int> running = Task.Run(() => CommandLine.RunAsync(["audit", "tail", _trail.Path, "--lines", "1", "--format", format], new CommandStreams(Stream.Null, output, TextWriter.Null, IsPlain: true), stop.Token), Token);
        await output.UntilAsync("stop", Token);
        _trail.Write();
        await File.AppendAllTextAsync(_trail.Path, "torn\n", Token);
        string[] lines = (await output.UntilAsync(shown, Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(format == "json" ? 7 : 8, lines.Length);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    private Task<Tool.Result> TailAsync(params string[] options) => _tool.RunAsync(["audit", "tail", _trail.Path, "--no-follow", .. options]);

    private async Task AssertRefusedAsync(string error)
    {
        foreach (string[] command in (string[][])[["audit", "tail", _trail.Path], ["audit", "tail", _trail.Path, "--no-follow"]])
        {
            Tool.Result result = await _tool.RunAsync(command);
            Assert.Equal((2, string.Empty), (result.Code, result.Output));
            Assert.Contains(error, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }
}

using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

public sealed class JsonLinesAuditSinkTests
{
    private const string Tools = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1000000 }] } }""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Lines_tell_the_life_of_a_call()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink]);
            var call = new ToolCall(new Grant("g1", "Label"), "t", JsonElement.Parse("""{ "b": 1, "a": "x" }""")) { Session = "s1", User = "u1" };
            ToolDecision decision = guard.Decide(call);
            _time.Advance(TimeSpan.FromMilliseconds(5));
            guard.Complete(decision, ToolOutcome.Error);
            guard.Decide("unknown");
        }

        JsonElement[] lines = Lines(file);
        Assert.Equal(["start", "decision", "outcome", "decision", "stop"], lines.Select(static line => line.GetProperty("kind").GetString()));
        Assert.Equal([1, 2, 3, 4, 5], lines.Select(static line => line.GetProperty("seq").GetInt64()));
        Assert.All(lines, static line => Assert.Equal(1, line.GetProperty("v").GetInt32()));
        Assert.Equal("2026-01-01T00:00:00.000000Z", lines[0].GetProperty("ts").GetString());
        Assert.Equal("2026-01-01T00:00:00.005000Z", lines[2].GetProperty("ts").GetString());

        JsonElement allowed = lines[1];
        Assert.Equal(("g1", "Label", "s1", "u1"), (Text(allowed, "grant"), Text(allowed, "grant_label"), Text(allowed, "session"), Text(allowed, "user")));
        Assert.Equal(("t", "allow", "allowed"), (Text(allowed, "tool"), Text(allowed, "decision"), Text(allowed, "reason")));
        Assert.Equal("""["a","b"]""", allowed.GetProperty("argument_keys").GetRawText());
        Assert.False(allowed.TryGetProperty("rule", out _) || allowed.TryGetProperty("message", out _) || allowed.TryGetProperty("outcome", out _));

        JsonElement outcome = lines[2];
        Assert.Equal((allowed.GetProperty("id").GetString(), "error", 5000), (outcome.GetProperty("id").GetString(), outcome.GetProperty("outcome").GetString(), outcome.GetProperty("elapsed_us").GetInt64()));
        Assert.Equal(("deny", "default_deny", "(default deny)"), (lines[3].GetProperty("decision").GetString(), lines[3].GetProperty("reason").GetString(), lines[3].GetProperty("rule").GetString()));
        Assert.StartsWith("sha256:", lines[3].GetProperty("policy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_tool_is_recorded_as_hidden_whatever_the_caller_sees()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            Judging.Guard([Judging.Policy(""" "default": "deny", "hide": ["t"] """)], _time, [sink]).Decide("t");
        }

        Assert.Equal(("hidden", "(hidden)"), (Lines(file)[1].GetProperty("reason").GetString(), Lines(file)[1].GetProperty("rule").GetString()));
    }

    [Fact]
    public void Sequence_goes_on_over_restarts()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        for (int i = 0; i < 3; i++)
        {
            using JsonLinesAuditSink sink = Open(file);
            Judging.Guard([Judging.Tools(Tools)], _time, [sink]).Decide("t");
        }

        Assert.Equal(Enumerable.Range(1, 9).Select(static i => (long)i), Lines(file).Select(static line => line.GetProperty("seq").GetInt64()));
    }

    [Theory]
    [InlineData("{\"v\":1,\"seq\":1,\"kind\":\"start\"}\n{\"v\":1,\"seq\":2,\"ki", 2)]
    [InlineData("{\"v\":1,\"seq\":7,\"kind\":\"start\"}", 8)]
    [InlineData("{\"v\":1,\"seq\":7}\n\n\n", 8)]
    [InlineData("{\"v\":1,\"seq\":7}\nnot json\n[1]\n{\"seq\":\"x\"}\n{\"seq\":1.5}\n\"seq\"\n{", 8)]
    [InlineData("\n", 1)]
    [InlineData("garbage", 1)]
    public void Torn_last_line_is_ended_and_the_sequence_goes_on(string content, long next)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(content), "audit.jsonl");
        Open(file).Dispose();
        string text = File.ReadAllText(file.Path);
        Assert.StartsWith(content, text, StringComparison.Ordinal);
        string[] added = text[content.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([next, next + 1], added.Select(static line => JsonElement.Parse(line).GetProperty("seq").GetInt64()));
        Assert.Equal(content.EndsWith('\n') ? '{' : '\n', text[content.Length]);
    }

    [Fact]
    public void Sequence_is_found_behind_a_long_torn_line()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes("{\"v\":1,\"seq\":41}\n" + new string('x', 100_000)), "audit.jsonl");
        Open(file).Dispose();
        Assert.EndsWith("\"seq\":43", File.ReadAllText(file.Path).Split(",\"ts\"")[^2], StringComparison.Ordinal);
    }

    // Two writers would each number their lines, and each would cut off what the other writes.
    [Fact]
    public void Second_writer_of_a_file_cannot_open_it_and_a_reader_can()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink first = Open(file))
        {
            using var second = new JsonLinesAuditSink(file.Path, _time);
            Assert.Throws<IOException>(second.Open);
            Assert.Single(Lines(file));
        }

        Open(file).Dispose();
        Assert.Equal(4, Lines(file).Length);
    }

    // A call may be settled after its host has ended, and another may hold the file by then.
    [Fact]
    public void Call_that_is_settled_after_the_end_does_not_hold_the_file()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        JsonLinesAuditSink ended = Open(file);
        ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [ended]);
        ToolDecision decision = guard.Decide("t");
        ended.Dispose();
        guard.Complete(decision, ToolOutcome.Ok);
        Open(file).Dispose();
        Assert.Equal(["start", "decision", "stop", "start", "outcome", "stop", "start", "stop"], Lines(file).Select(static line => Text(line, "kind")));
    }

    [Fact]
    public void Missing_folder_and_folder_are_errors_when_opened()
    {
        using var file = new TemporaryFile();
        Assert.ThrowsAny<IOException>(new JsonLinesAuditSink(Path.Combine(file.Folder, "no", "audit.jsonl"), _time).Open);
        Assert.ThrowsAny<SystemException>(new JsonLinesAuditSink(file.Folder, _time).Open);
    }

    [Fact]
    public void Lines_written_from_many_threads_stay_whole()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink], requireAudit: true);
            Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
            {
                ToolDecision decision = guard.Decide("t", $"{{ \"{new string('k', i % 100)}\": 1 }}");
                Assert.True(decision.IsAllowed);
                guard.Complete(decision, ToolOutcome.Ok);
            });
        }

        JsonElement[] lines = Lines(file);
        Assert.Equal(Enumerable.Range(1, 4002).Select(static i => (long)i), lines.Select(static line => line.GetProperty("seq").GetInt64()));
        Assert.Equal(2000, lines.Select(static line => line.TryGetProperty("id", out JsonElement id) ? id.GetString() : null).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void Argument_keys_are_capped_sorted_and_whole_characters()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink]);
            guard.Decide("t", $"{{ {string.Join(',', Enumerable.Range(0, 500).Select(static i => $"\"k{499 - i:000}\":1"))} }}");
            guard.Decide("t", $"{{ \"{new string('a', 5000)}\": 1, \"{new string('b', 127)}😀\": 2 }}");
        }

        string?[] keys = Keys(Lines(file)[1]);
        Assert.Equal(100, keys.Length);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.Equal((string?[])[new string('a', 128), new string('b', 127)], Keys(Lines(file)[2]));
    }

    // A call that is malformed must not be able to slip past the audit by being so.
    [Theory]
    [InlineData("""{ "\ud800": 1, "a": 2 }""")]
    [InlineData("""{ "a": "\udc00" }""")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void Malformed_call_is_recorded_and_leaves_no_gap(string arguments)
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink]);
            Assert.Equal(DecisionReason.MalformedCall, guard.Decide("t", arguments).Reason);
            guard.Decide("t");
        }

        Assert.Equal((string?[])["start", "malformed_call", "allowed", "stop"], Lines(file).Select(static line => line.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : Text(line, "kind")));
        Assert.Equal([1, 2, 3, 4], Lines(file).Select(static line => line.GetProperty("seq").GetInt64()));
    }

    // No JSON can have half a surrogate pair, and a name that has one must not keep a call out of the audit.
    [Fact]
    public void Names_that_are_no_text_are_recorded()
    {
        const string name = "a\ud800b";
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink], requireAudit: true);
            Assert.True(guard.Decide(new ToolCall(new Grant("g" + name, name), "t") { Session = name, User = name }).IsAllowed);
            guard.Decide(name);
        }

        Assert.Equal("a\ufffdb", Text(Lines(file)[1], "session"));
        Assert.Equal([1, 2, 3, 4], Lines(file).Select(static line => line.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public void Call_with_a_disposed_document_is_recorded_and_leaves_no_gap()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (JsonLinesAuditSink sink = Open(file))
        {
            JsonDocument document = JsonDocument.Parse("""{ "a": 1 }""");
            JsonElement disposed = document.RootElement;
            document.Dispose();
            ToolGuard guard = Judging.Guard([Judging.Tools(Tools)], _time, [sink]);
            guard.Decide(new ToolCall(Grant.Default, "t", disposed));
            guard.Decide("t");
        }

        Assert.Equal("evaluation_error", Lines(file)[1].GetProperty("reason").GetString());
        Assert.Equal([1, 2, 3, 4], Lines(file).Select(static line => line.GetProperty("seq").GetInt64()));
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static string?[] Keys(JsonElement line) => [.. line.GetProperty("argument_keys").EnumerateArray().Select(static key => key.GetString())];

    private static JsonElement[] Lines(TemporaryFile file)
    {
        string text = File.ReadAllText(file.Path);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
    }

    private JsonLinesAuditSink Open(TemporaryFile file)
    {
        var sink = new JsonLinesAuditSink(file.Path, _time);
        sink.Open();
        return sink;
    }
}

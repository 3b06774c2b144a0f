using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>A trail as it was written is intact, and whatever is done to it later shows.</summary>
public sealed class AuditTrailTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly byte[] OtherKey = new byte[32];

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Trail_of_several_processes_is_intact()
    {
        AuditTrailReport report = Verify(Lines(runs: 3, calls: 4));
        Assert.Empty(report.Problems);
        Assert.True(report.IsIntact);
        Assert.Equal((18, 0, 18), (report.Lines, report.TornLines, report.Last!.Sequence));
    }

    // Most lines are hashed without being read again: those with escapes are not.
    [Fact]
    public void Trail_of_odd_names_is_intact() => Seeded.ForAll(100, random =>
    {
        string[] pieces = ["a", "\"", "\\", "/", "<", "é", "€", "😀", "\u2028", "\ufeff", "\u0001", "\n", " ", "{", ",", ":", "_", "~"];
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (var sink = new JsonLinesAuditSink(file.Path, _time, random.Next(2) == 0 ? default : Key))
        {
            ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], _time, [sink]);
            for (int i = 0; i < 5; i++)
            {
                string Name() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
                Dictionary<string, JsonElement> arguments = Enumerable.Range(0, random.Next(4)).ToDictionary(n => Name() + n, static _ => JsonElement.Parse("1"));
                guard.Decide(new ToolCall(new Grant("g" + Name(), Name()), Name(), new ToolArguments(arguments)) { Session = Name(), User = Name() });
            }
        }

        bool isKeyed = File.ReadAllText(file.Path).Contains("\"hmac-sha256:", StringComparison.Ordinal);
        Assert.Empty(Verify(File.ReadAllLines(file.Path), isKeyed ? Key : null).Problems);
    });

    [Fact]
    public void Line_is_written_in_its_canonical_form_without_being_read()
    {
        foreach (string line in Lines(runs: 1, calls: 2))
        {
            var written = new ArrayBufferWriter<byte>();
            Assert.True(CanonicalLine.TryWrite(Encoding.UTF8.GetBytes(line), written));
            Assert.Equal(CanonicalLine.Of(JsonElement.Parse(line)), Encoding.UTF8.GetString(written.WrittenSpan));
        }

        Assert.False(CanonicalLine.TryWrite("""{"a":"\\"}"""u8, new ArrayBufferWriter<byte>()));
        Assert.False(CanonicalLine.TryWrite(Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 33).Select(static i => $"\"{i}\":1"))}}}"), new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void Empty_file_is_intact_and_has_no_last_line() =>
        Assert.Equal((0, null, 0), (Verify([]).Lines, Verify([]).Last, Verify([]).Problems.Count));

    // What others need to check a trail without this library.
    [Fact]
    public void Hash_is_that_of_the_previous_hash_a_line_feed_and_the_canonical_line()
    {
        string[] lines = Lines(runs: 1, calls: 0);
        string first = Hashed("\n", """{"kind":"start","seq":1,"ts":"2026-01-01T00:00:00.000000Z","v":1}""");
        string second = Hashed($"{first}\n", $$"""{"kind":"stop","prev":"{{first}}","seq":2,"ts":"2026-01-01T00:00:00.000000Z","v":1}""");
        Assert.Equal(
            [$$"""{"v":1,"seq":1,"ts":"2026-01-01T00:00:00.000000Z","kind":"start","hash":"{{first}}"}""", $$"""{"v":1,"seq":2,"ts":"2026-01-01T00:00:00.000000Z","kind":"stop","prev":"{{first}}","hash":"{{second}}"}"""],
            lines);

        static string Hashed(string before, string line) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + line)));
    }

    [Fact]
    public void Canonical_line_is_that_of_rfc_8785() => Assert.Equal(
        """{"":[true,null,{"a":1,"b":2}],"a":"\"\\/\b\t\n\f\r\u0001\u001f é😀","€":-7}""",
        CanonicalLine.Of(JsonElement.Parse("""{ "€": -7, "hash": "x", "a": "\u0022\\\/\b\t\n\f\r\u0001\u001F \u00e9\ud83d\ude00", "": [ true, null, { "b": 2, "a": 1 } ] }""")));

    [Fact]
    public void Line_that_was_changed_is_found_wherever_it_was_changed() => Seeded.ForAll(300, random =>
    {
        string[] lines = Lines(runs: 2, calls: 2);
        int at = random.Next(lines.Length);
        int place = random.Next(lines[at].Length);
        char other = (char)('0' + random.Next(75));
        string changed = lines[at][..place] + other + lines[at][(place + 1)..];
        if (changed != lines[at])
        {
            lines[at] = changed;
            Assert.Contains(Verify(lines).Problems, problem => problem.Line == at + 1 || problem.Line == at + 2);
        }
    });

    [Fact]
    public void Lines_that_were_taken_out_put_in_or_moved_are_found()
    {
        string[] lines = Lines(runs: 1, calls: 3);
        string[] others = Lines(runs: 1, calls: 3);
        Assert.Equal((1, "the trail begins with record 2: the records before it are missing"), Only(Verify(lines[1..])));
        Assert.Equal((3, "record 4 follows record 2: those between them are missing"), Only(Verify([.. lines[..2], .. lines[3..]])));
        Assert.Equal((4, "record 3 follows record 3: it was moved, or written twice"), Only(Verify([.. lines[..3], .. lines[2..]])));
        Assert.NotEmpty(Verify([lines[0], lines[2], lines[1], .. lines[3..]]).Problems);
        Assert.Equal((3, "record 3 was not written behind the one before it: one of both was put in or written anew"), Only(Verify([.. lines[..2], .. others[2..]])));
        Assert.Equal((2, "it was changed: its hash is not that of its text"), Only(Verify([lines[0], lines[1].Replace("\"allow\"", "\"deny\"", StringComparison.Ordinal), .. lines[2..]])));
        Assert.Equal((2, "it has no hash"), Only(Verify([lines[0], lines[1].Replace("\"hash\"", "\"hush\"", StringComparison.Ordinal)])));
    }

    [Fact]
    public void End_that_was_cut_off_is_found_by_a_checkpoint()
    {
        string[] lines = Lines(runs: 1, calls: 3);
        AuditCheckpoint last = Verify(lines).Last!;
        Assert.Empty(Verify(lines[..3]).Problems);
        Assert.Equal((3, "the trail ends with record 3, and the checkpoint is record 5: lines were cut off"), Only(Verify(lines[..3], checkpoint: last)));
        Assert.Equal((5, "record 5 is not the one of the checkpoint: the trail was written anew"), Only(Verify(Lines(runs: 1, calls: 3), checkpoint: last)));
        Assert.Empty(Verify(lines, checkpoint: last).Problems);
        Assert.Empty(Verify(lines, checkpoint: Verify(lines[..3]).Last).Problems);
        Assert.Equal(1, Only(Verify([], checkpoint: last)).Line);
    }

    [Fact]
    public void Trail_with_a_key_is_intact_with_that_key_alone()
    {
        string[] keyed = Lines(runs: 2, calls: 1, Key);
        Assert.Empty(Verify(keyed, Key).Problems);
        Assert.All(Verify(keyed, OtherKey).Problems, static problem => Assert.Equal("it was changed: its hash is not that of its text", problem.Message));
        Assert.Equal(keyed.Length, Verify(keyed, OtherKey).Problems.Count);
        Assert.Equal((1, "its hash was made with a key, which is needed to check it; so it is up to line 6"), Only(Verify(keyed)));
        Assert.Equal((true, false, false), (Verify(keyed).NeedsKey, Verify(keyed, OtherKey).NeedsKey, Verify([.. Lines(runs: 1, calls: 0), .. keyed]).NeedsKey));
        Assert.Equal((1, "its hash was made without the key; so it is up to line 6"), Only(Verify(Lines(runs: 2, calls: 1), Key)));
    }

    // The file goes on where a process ended while it wrote.
    [Theory]
    [InlineData("{\"v\":1,\"seq\":4,\"ts\":\"20")]
    [InlineData("{")]
    [InlineData("\n\nx")]
    public void Torn_line_is_no_break_where_a_process_has_started_behind_it(string torn)
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        Write(file, calls: 1, default);
        File.AppendAllText(file.Path, torn);
        AuditTrailReport underWay = VerifyFile(file);
        Assert.Empty(underWay.Problems);
        Write(file, calls: 1, default);
        AuditTrailReport report = VerifyFile(file);
        Assert.Empty(report.Problems);
        Assert.Equal((6 + torn.Count(static c => c == '\n') + 1, 1 + torn.Count(static c => c == '\n'), 6), (report.Lines, report.TornLines, report.Last!.Sequence));
    }

    [Fact]
    public void Torn_line_is_no_break_where_the_start_behind_it_is_torn_too()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        Write(file, calls: 1, default);
        File.AppendAllText(file.Path, "{\"v\":1,\"seq\":4,\n{\"v\":1,\"se");
        Assert.Equal((0, 2), (VerifyFile(file).Problems.Count, VerifyFile(file).TornLines));
        Write(file, calls: 1, default);
        Assert.Equal((0, 2), (VerifyFile(file).Problems.Count, VerifyFile(file).TornLines));
    }

    [Fact]
    public void Line_that_is_none_is_found_where_no_process_has_started_behind_it()
    {
        string[] lines = Lines(runs: 1, calls: 2);
        Assert.Equal((3, "it is no line of a trail, and no process has started behind it: it was put in or changed"), Only(Verify([.. lines[..2], "torn", .. lines[2..]])));
        Assert.Equal((5, "it is no line of a trail, and nothing follows it: it was put in or changed"), Only(Verify([.. lines, "torn"])));
        Assert.Equal([2, 3], Verify([lines[0], "torn", .. lines[2..]]).Problems.Select(static problem => problem.Line));
        Assert.Equal([2], Verify([lines[0], new string('x', 3 << 20), .. lines[1..]]).Problems.Select(static problem => problem.Line));
    }

    // The hash is not hashed, so one more could say anything.
    [Theory]
    [InlineData("\"hash\":\"x\"")]
    [InlineData("\"h\\u0061sh\":{\"decision\":\"deny\"}")]
    public void Member_that_is_there_twice_is_found(string member)
    {
        string[] lines = Lines(runs: 1, calls: 1);
        lines[1] = $"{{{member},{lines[1][1..]}";
        Assert.Equal([2, 3], Verify(lines).Problems.Select(static problem => problem.Line));
    }

    // Whoever reads the file by other means takes it for a record, and a line that a process did not finish is no whole value.
    [Theory]
    [InlineData("""{"v":1,"seq":3.0,"kind":"decision","tool":"t","decision":"allow"}""")]
    [InlineData("""{"v":1,"seq":3e0,"kind":"decision","tool":"t","decision":"allow"}""")]
    [InlineData("""{"v":1,"seq":"3","kind":"decision","tool":"t","decision":"allow"}""")]
    [InlineData("""{"v":1,"seq":null,"kind":"decision","tool":"t","decision":"allow"}""")]
    [InlineData("""{"v":1,"kind":"decision","tool":"t","decision":"allow"} x""")]
    [InlineData("""{"v":1,"seq":3,"kind":"\ud800","tool":"t","decision":"allow"}""")]
    [InlineData("\r[1]\r")]
    public void Whole_value_that_is_no_line_is_no_torn_one(string value)
    {
        string[] lines = Lines(runs: 2, calls: 0);
        const string Problem = "it is no line of a trail, and no process that ended while it wrote leaves such a one: it was put in or changed";
        Assert.Equal((3, Problem), Only(Verify([.. lines[..2], value, .. lines[2..]])));
        Assert.Equal((5, Problem), Only(VerifyText(string.Join('\n', [.. lines, value]))));
    }

    [Fact]
    public void Value_that_is_deeper_or_longer_than_any_line_is_no_torn_one()
    {
        string[] lines = Lines(runs: 2, calls: 0);
        string deep = new string('[', 10_000) + new string(']', 10_000);
        Assert.Equal(3, Only(Verify([.. lines[..2], deep, .. lines[2..]])).Line);
        Assert.Equal(3, Only(Verify([.. lines[..2], new string('[', 3 << 20), .. lines[2..]])).Line);
    }

    [Fact]
    public void Problems_are_listed_up_to_a_bound() =>
        Assert.Equal((AuditTrail.MaxProblems, 302), (Verify(Lines(runs: 1, calls: 300, Key), OtherKey).Problems.Count, Verify(Lines(runs: 1, calls: 300, Key), OtherKey).Lines));

    // A key that was not found must not mean that there is to be none.
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void Short_keys_are_refused(int bytes) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddToolPolicies(static _ => { }).AddAuditFile("audit.jsonl", new byte[bytes]));

    private static (long Line, string Message) Only(AuditTrailReport report)
    {
        AuditTrailProblem only = Assert.Single(report.Problems);
        return (only.Line, only.Message);
    }

    private static AuditTrailReport Verify(string[] lines, byte[]? key = null, AuditCheckpoint? checkpoint = null) =>
        VerifyText(string.Concat(lines.Select(static line => line + "\n")), key, checkpoint);

    private static AuditTrailReport VerifyText(string text, byte[]? key = null, AuditCheckpoint? checkpoint = null) =>
        AuditTrail.Verify(new MemoryStream(Encoding.UTF8.GetBytes(text)), key, checkpoint, TestContext.Current.CancellationToken);

    private static AuditTrailReport VerifyFile(TemporaryFile file)
    {
        using FileStream stream = File.OpenRead(file.Path);
        return AuditTrail.Verify(stream);
    }

    private string[] Lines(int runs, int calls, ReadOnlyMemory<byte> key = default)
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        for (int i = 0; i < runs; i++)
        {
            Write(file, calls, key);
        }

        return File.ReadAllLines(file.Path);
    }

    private void Write(TemporaryFile file, int calls, ReadOnlyMemory<byte> key)
    {
        using var sink = new JsonLinesAuditSink(file.Path, _time, key);
        sink.Open();
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], _time, [sink]);
        for (int i = 0; i < calls; i++)
        {
            guard.Decide("t");
        }
    }
}

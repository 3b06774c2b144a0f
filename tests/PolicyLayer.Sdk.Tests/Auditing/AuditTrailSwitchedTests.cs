using System.Text;
using System.Text.Json.Nodes;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>A trail that was begun without hashes, or without the key: what is known of its beginning, and from where on all is.</summary>
public sealed class AuditTrailSwitchedTests : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    private readonly TemporaryFile _file = new(name: "audit.jsonl");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Lines_before_the_hashes_are_one_problem_and_the_rest_is_checked()
    {
        Write(default);
        File.WriteAllLines(_file.Path, File.ReadAllLines(_file.Path).Select(WithoutHash));
        Write(default);
        AuditTrailReport report = Verify();
        Assert.Equal((1, "it has no hash; so it is up to line 3"), Only(report));
        Assert.Equal((4, 6), (report.IntactFrom, report.Last!.Sequence));
        Assert.Equal((1, "it has no hash; so it is up to line 3"), Only(Verify(checkpoint: report.Last)));
    }

    [Fact]
    public void Lines_before_the_key_are_one_problem_and_the_rest_is_checked()
    {
        AuditCheckpoint before = Switch();
        AuditTrailReport report = Verify(Key);
        Assert.Equal((1, "its hash was made without the key; so it is up to line 3"), Only(report));
        Assert.Equal((4, 0), (report.IntactFrom, report.VouchedLines));
        Assert.Equal((4, "its hash was made with a key, which is needed to check it; so it is up to line 6"), Only(Verify()));
        Assert.Null(Verify().IntactFrom);
        Assert.Equal((3, "its hash was made without the key"), Only(Verify(Key, before with { Sequence = 2, Hash = HashOf(2) })));
    }

    [Fact]
    public void Lines_before_the_key_are_those_that_a_checkpoint_covers()
    {
        AuditCheckpoint before = Switch();
        AuditTrailReport report = Verify(Key, before);
        Assert.Equal((true, 3, 1), (report.IsIntact, report.VouchedLines, report.IntactFrom));
        Assert.True(Verify(Key, report.Last).IsIntact);
    }

    // Who can write the file and has no key begins it anew, and the process that has the key goes on with that.
    [Fact]
    public void Beginning_that_was_written_anew_before_the_key_is_found()
    {
        AuditCheckpoint last = Verify(Key, Switch()).Last!;
        File.Delete(_file.Path);
        Switch(calls: 4);
        Assert.False(Verify(Key).IsIntact);
        AuditTrailReport report = Verify(Key, last);
        Assert.Equal((6, "record 6 is not the one of the checkpoint: the trail was written anew"), Only(report));
        Assert.Null(report.IntactFrom);
    }

    [Fact]
    public void Line_without_the_key_behind_the_checkpoint_is_found()
    {
        AuditCheckpoint before = Switch();
        Write(default);
        Assert.Equal((7, "its hash was made without the key; so it is up to line 9"), Only(Verify(Key, before)));
    }

    [Fact]
    public void Line_without_the_key_that_was_changed_is_found()
    {
        AuditCheckpoint before = Switch();
        string[] lines = File.ReadAllLines(_file.Path);
        lines[1] = lines[1].Replace("\"allow\"", "\"deny\"", StringComparison.Ordinal);
        File.WriteAllLines(_file.Path, lines);
        Assert.Equal((2, "it was changed: its hash is not that of its text"), Only(Verify(Key, before)));
        Assert.Equal(3, Verify(Key, before).IntactFrom);
    }

    private static (long Line, string Message) Only(AuditTrailReport report)
    {
        AuditTrailProblem only = Assert.Single(report.Problems);
        return (only.Line, only.Message);
    }

    private static string WithoutHash(string line)
    {
        JsonObject record = JsonNode.Parse(line)!.AsObject();
        record.Remove("hash");
        record.Remove("prev");
        return record.ToJsonString();
    }

    private string HashOf(int sequence) => JsonNode.Parse(File.ReadAllLines(_file.Path)[sequence - 1])!["hash"]!.GetValue<string>();

    /// <summary>Writes lines without the key, and then lines with it.</summary>
    /// <returns>The last line without it.</returns>
    private AuditCheckpoint Switch(int calls = 1)
    {
        Write(default, calls);
        AuditCheckpoint before = Verify().Last!;
        Write(Key);
        return before;
    }

    private AuditTrailReport Verify(byte[]? key = null, AuditCheckpoint? checkpoint = null) =>
        AuditTrail.Verify(new MemoryStream(Encoding.UTF8.GetBytes(File.ReadAllText(_file.Path))), key, checkpoint, TestContext.Current.CancellationToken);

    private void Write(ReadOnlyMemory<byte> key, int calls = 1)
    {
        var time = new ManualTimeProvider();
        using var sink = new JsonLinesAuditSink(_file.Path, time, key);
        sink.Open();
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], time, [sink]);
        for (int i = 0; i < calls; i++)
        {
            guard.Decide("t");
        }
    }
}

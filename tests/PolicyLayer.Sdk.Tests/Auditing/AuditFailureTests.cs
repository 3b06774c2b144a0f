using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>What a record that cannot be written means: the host's choice, and never a file that cannot be read.</summary>
public sealed class AuditFailureTests
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1, "refund": "not_run" }] } }""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Required_audit_that_fails_denies_and_gives_the_place_back()
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException("disk full") };
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], _time, [sink], requireAudit: true, logger: logger);
        ToolDecision denied = guard.Decide("t");
        Assert.Equal((DecisionReason.AuditUnavailable, "audit_unavailable", false), (denied.Reason, denied.ReasonCode, denied.IsAllowed));
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("did not take an audit record", StringComparison.Ordinal));
        guard.Complete(denied, ToolOutcome.Ok);
        sink.Before = null;
        Assert.True(guard.Decide("t").IsAllowed, "the place was given back");
        Assert.Equal(DecisionReason.LimitExceeded, guard.Decide("t").Reason);
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("deny")]
    public void Required_audit_that_fails_tells_no_hidden_tool_from_one_that_does_not_exist(string policyDefault)
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException("disk full") };
        ToolGuard guard = Judging.Guard([Judging.Policy($""" "default": "{policyDefault}", "hide": ["x1"] """)], _time, [sink], requireAudit: true);
        ToolDecision hidden = guard.Decide("x1");
        Assert.Equal((DecisionReason.Hidden, false), (hidden.Reason, hidden.AnswerAsUnknownTool));
        Assert.Equal(guard.Decide("y1").ToJson().Replace("y1", "x1", StringComparison.Ordinal), hidden.ForCaller().ToJson());
    }

    // What is denied uses nothing up, and a rule on what became of a call that ran says nothing of one that was never allowed.
    [Fact]
    public void Required_audit_that_fails_gives_back_what_is_never_refunded()
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException("disk full") };
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited.Replace("not_run", "never", StringComparison.Ordinal))], _time, [sink], requireAudit: true);
        Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
        sink.Before = null;
        Assert.True(guard.Decide("t").IsAllowed, "the place was given back");
        Assert.Equal(DecisionReason.LimitExceeded, guard.Decide("t").Reason);
    }

    [Fact]
    public async Task Authorize_that_is_cancelled_while_the_audit_writes_gives_back_what_is_never_refunded()
    {
        using var cancelled = new CancellationTokenSource();
        var sink = new RecordingSink
        {
            Before = async _ =>
            {
                await cancelled.CancelAsync();
                cancelled.Token.ThrowIfCancellationRequested();
            },
        };
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited.Replace("not_run", "never", StringComparison.Ordinal))], _time, [sink]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(Judging.Call("t"), cancelled.Token));
        sink.Before = null;
        Assert.True(guard.Decide("t").IsAllowed, "nothing was reserved");
    }

    [Fact]
    public void Required_audit_that_fails_later_denies_too()
    {
        var sink = new RecordingSink { Before = async _ => { await Task.Yield(); throw new IOException(); } };
        Assert.Equal(DecisionReason.AuditUnavailable, Judging.Guard([Judging.Tools(Limited)], _time, [new RecordingSink(), sink], requireAudit: true).Decide("t").Reason);
    }

    [Fact]
    public void Required_audit_that_fails_in_one_sink_leaves_no_other_with_an_allowance()
    {
        int asked = 0;
        var full = new RecordingSink
        {
            Before = _ =>
            {
                asked++;
                throw new IOException("disk full");
            },
        };
        var before = new RecordingSink();
        var after = new RecordingSink();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], _time, [before, full, after], requireAudit: true);
        Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
        foreach (RecordingSink sink in (RecordingSink[])[before, after])
        {
            JsonElement[] lines = [.. sink.Lines.Select(static line => JsonElement.Parse(line))];
            Assert.Equal(["allow", "deny"], lines.Select(static line => line.GetProperty("decision").GetString()));
            Assert.Equal("audit_unavailable", lines[1].GetProperty("reason").GetString());
            Assert.Equal(lines[0].GetProperty("id").GetString(), lines[1].GetProperty("id").GetString());
        }

        Assert.Equal(1, asked);
    }

    [Fact]
    public void Required_audit_leaves_a_denial_what_it_was()
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException() };
        Assert.Equal(DecisionReason.DefaultDeny, Judging.Guard([Judging.Tools("{}")], _time, [sink], requireAudit: true).Decide("t").Reason);
    }

    [Fact]
    public void Best_effort_audit_that_fails_is_logged_and_the_call_runs()
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException("disk full") };
        var other = new RecordingSink();
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], _time, [sink, other], logger: logger);
        ToolDecision decision = guard.Decide("t");
        Assert.True(decision.IsAllowed);
        guard.Complete(decision, ToolOutcome.Ok);
        Assert.Equal(2, logger.Entries.Count(static entry => entry.Text.Contains("did not take an audit record: IOException", StringComparison.Ordinal)));
        Assert.Equal(2, other.Lines.Count);
    }

    [Fact]
    public void Disk_that_is_full_leaves_whole_lines_and_no_gap()
    {
        var disk = new FullDisk();
        using (var sink = new JsonLinesAuditSink(() => disk, _time))
        {
            sink.Open();
            ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], _time, [sink], requireAudit: true);
            Assert.True(guard.Decide("t").IsAllowed);
            disk.RoomFor(10);
            Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
            Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
            disk.RoomFor(1_000_000);
            Assert.True(guard.Decide("t").IsAllowed);
        }

        Assert.Equal([1, 2, 3, 4], Sequence(disk.Content));
    }

    [Fact]
    public void Disk_that_cannot_even_cut_off_a_torn_line_is_opened_anew_and_repaired()
    {
        var disk = new FullDisk();
        int opened = 0;
        using (var sink = new JsonLinesAuditSink(
            () =>
            {
                opened++;
                return disk;
            },
            _time))
        {
            sink.Open();
            ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], _time, [sink], requireAudit: true);
            disk.RoomFor(10);
            disk.CannotCut = true;
            Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
            disk.RoomFor(1_000_000);
            Assert.True(guard.Decide("t").IsAllowed);
        }

        Assert.Equal(2, opened);
        string[] lines = disk.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines[1].Length);
        Assert.Equal([1, 2, 3, 4], Sequence(string.Join('\n', lines.Where((_, i) => i != 1))));
    }

    // A line that is ended and that no start follows was put in, as far as the trail shows.
    [Fact]
    public void Torn_line_stays_as_it_is_where_the_disk_has_no_room_for_a_start_behind_it()
    {
        var disk = new FullDisk();
        using var sink = new JsonLinesAuditSink(() => disk, _time);
        sink.Open();
        sink.Dispose();
        disk.Write("{\"v\":1,"u8);
        disk.RoomFor(10);
        Assert.Throws<IOException>(new JsonLinesAuditSink(() => disk, _time).Open);
        Assert.EndsWith("}\n{\"v\":1,", disk.Content, StringComparison.Ordinal);
        Assert.Empty(AuditTrail.Verify(new MemoryStream(disk.ToArray()), cancellationToken: TestContext.Current.CancellationToken).Problems);
    }

    [Fact]
    public void Device_that_is_always_full_says_so_when_opened()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "a device of Linux");
        IOException e = Assert.ThrowsAny<IOException>(new JsonLinesAuditSink(static () => new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1), _time).Open);
        Assert.Contains("space", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Dispose_on_a_full_disk_does_not_throw()
    {
        var disk = new FullDisk();
        var sink = new JsonLinesAuditSink(() => disk, _time);
        sink.Open();
        disk.RoomFor(3);
        sink.Dispose();
        sink.Dispose();
        Assert.Equal([1], Sequence(disk.Content));
    }

    private static long[] Sequence(string content) =>
        [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line).GetProperty("seq").GetInt64())];

    /// <summary>A disk with so much room left; a write that does not fit is cut in the middle. Closing it loses nothing.</summary>
    private sealed class FullDisk : MemoryStream
    {
        private long _room = long.MaxValue;

        public bool CannotCut { get; set; }

        public string Content => Encoding.UTF8.GetString(ToArray());

        public void RoomFor(int bytes) => _room = bytes;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(buffer.Length, _room);
            base.Write(buffer[..fits]);
            _room -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left");
            }
        }

        public override void SetLength(long value)
        {
            if (CannotCut)
            {
                throw new IOException("Invalid argument");
            }

            base.SetLength(value);
        }

        public override void Close()
        {
            // The disk stays when a handle is closed.
        }
    }
}

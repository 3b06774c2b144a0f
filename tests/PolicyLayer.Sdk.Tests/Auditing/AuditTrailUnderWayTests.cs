using System.Text;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>A trail is checked while a process starts to write it.</summary>
public sealed class AuditTrailUnderWayTests : IDisposable
{
    private readonly TemporaryFile _file = new(name: "audit.jsonl");

    public void Dispose() => _file.Dispose();

    // A process that starts behind a torn line ends it first, and whoever looks just then sees no more.
    [Fact]
    public void End_where_a_process_may_just_start_is_to_be_read_again()
    {
        string[] lines = [.. Write(), .. Write()[2..]];
        Assert.True(Verify([.. lines, "{\"v\":1,\"se"]).MayBeUnderWay);
        Assert.True(Verify([.. lines, "{", "{\"v\":"]).MayBeUnderWay);
        Assert.False(Verify([.. lines[..2], "{", .. lines[2..]]).MayBeUnderWay);
        Assert.False(Verify([.. lines[1..], "{"]).MayBeUnderWay);
        Assert.False(Verify([.. lines, "{}"]).MayBeUnderWay);
        Assert.False(Verify(lines).MayBeUnderWay);
    }

    [Fact]
    public async Task Torn_line_is_no_break_where_a_process_is_just_starting_behind_it()
    {
        Write();
        File.AppendAllText(_file.Path, "{\"v\":1,\"se");
        Write();
        string whole = File.ReadAllText(_file.Path);
        string[] seen = [whole[..(whole.IndexOf("{\"v\":1,\"se\n", StringComparison.Ordinal) + 11)], whole];
        int times = 0;
        AuditTrailReport report = await AuditTrail.VerifyAsync(Open, default, null, new EndlessHaste(), TestContext.Current.CancellationToken);
        Assert.Equal((2, 0, 1, 4), (times, report.Problems.Count, report.TornLines, report.Last!.Sequence));
        seen = [seen[0], seen[0]];
        times = 0;
        Assert.Equal("it is no line of a trail, and nothing follows it: it was put in or changed", Assert.Single((await AuditTrail.VerifyAsync(Open, default, null, new EndlessHaste(), TestContext.Current.CancellationToken)).Problems).Message);
        Assert.Equal(2, times);

        Stream Open() => new MemoryStream(Encoding.UTF8.GetBytes(seen[times++]));
    }

    private static AuditTrailReport Verify(string[] lines) =>
        AuditTrail.Verify(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n")))), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Writes a start and a stop.</summary>
    private string[] Write()
    {
        using (var sink = new JsonLinesAuditSink(_file.Path, new ManualTimeProvider()))
        {
            sink.Open();
        }

        return File.ReadAllLines(_file.Path);
    }

    /// <summary>A clock by which every wait is over at once.</summary>
    private sealed class EndlessHaste : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

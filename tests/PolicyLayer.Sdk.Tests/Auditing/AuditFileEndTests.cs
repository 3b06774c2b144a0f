using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>Where a trail goes on: behind its last whole line, whatever stands behind that.</summary>
public sealed class AuditFileEndTests
{
    private const int Longest = 1 << 20;
    private const string Record = "{\"v\":1,\"seq\":41}";

    private readonly ManualTimeProvider _time = new();

    // To begin anew would be to lose the chain, and numbers that were there before would be there twice.
    [Theory]
    [InlineData("x")]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("torn\n")]
    [InlineData("{\"v\":1,\n{}\n\n")]
    public void Sequence_is_found_behind_rubbish_of_any_length(string rubbish)
    {
        string behind = string.Concat(Enumerable.Repeat(rubbish, (3 << 20) / rubbish.Length));
        Assert.Equal(42, Next(Record + "\n" + behind));
        Assert.Equal(42, Next(Record + "\n" + behind + "\n"));
        Assert.Equal(43, Next(Record + "\n" + behind + "\n{\"v\":1,\"seq\":42}\n" + behind));
    }

    [Fact]
    public void Sequence_is_found_wherever_the_file_is_read_in_pieces() => Seeded.ForAll(60, random =>
    {
        string Rubbish() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => new string('x', Math.Max(0, Longest - 40 + random.Next(80))) + (random.Next(2) == 0 ? "\n" : string.Empty)));
        string before = random.Next(2) == 0 ? string.Empty : Rubbish() + "\n";
        Assert.Equal(42, Next(before + Record + "\n" + Rubbish()));
    });

    [Fact]
    public void Text_at_the_end_of_a_line_that_is_too_long_is_no_line()
    {
        Assert.Equal(42, Next(Record + "\n" + new string('x', 3 << 20) + "{\"v\":1,\"seq\":7}"));
        Assert.Equal(42, Next(Record + "\n{\"v\":1,\"seq\":7}" + new string(' ', 3 << 20) + "\n"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("no line of a trail\n")]
    public void Long_file_that_is_no_trail_stops_the_start_and_stays_as_it_is(string text)
    {
        byte[] content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, (2 << 20) / text.Length)));
        using var file = new TemporaryFile(content, "audit.jsonl");
        using var sink = new JsonLinesAuditSink(file.Path, _time);
        IOException e = Assert.ThrowsAny<IOException>(sink.Open);
        Assert.Equal("the file has no line of an audit trail, so it is none; name another, or move it away", e.Message);
        Assert.Equal(content, File.ReadAllBytes(file.Path));
    }

    /// <summary>The number of the first line that is written behind a text.</summary>
    private long Next(string content)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(content), "audit.jsonl");
        using (var sink = new JsonLinesAuditSink(file.Path, _time))
        {
            sink.Open();
        }

        string added = File.ReadAllText(file.Path)[content.Length..];
        return JsonElement.Parse(added.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0]).GetProperty("seq").GetInt64();
    }
}

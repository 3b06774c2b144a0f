using System.Text;
using PolicyLayer.Cli.Auditing;

namespace PolicyLayer.Cli.Tests.Auditing;

/// <summary>What is read of a file that grows, is cut, and gives its name to another.</summary>
public sealed class FollowedTrailTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _path;

    public FollowedTrailTests() => _path = _tool.File("audit.jsonl", "1\n2\n3\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "2,3")]
    [InlineData(9, "1,2,3")]
    public void ReadLast_keeps_the_last(int count, string lines)
    {
        using var trail = new FollowedTrail(_path);
        Assert.Equal(lines, Text(trail.ReadLast(count, Kept, Token)));
    }

    [Fact]
    public void ReadLast_counts_what_is_wanted_alone()
    {
        using var trail = new FollowedTrail(_path);
        Assert.Equal("1,2", Text(trail.ReadLast(2, static line => line.Span[0] != '3' ? Kept(line) : null, Token)));
    }

    [Fact]
    public void Line_is_shown_once_it_is_whole()
    {
        using FollowedTrail trail = Begin();
        Assert.Equal("", New(trail));
        File.AppendAllText(_path, "fo");
        Assert.Equal("", New(trail));
        File.AppendAllText(_path, "ur\nfi");
        Assert.Equal("four", New(trail));
        File.AppendAllText(_path, "ve\n");
        Assert.Equal("five", New(trail));
        Assert.Equal("", New(trail));
    }

    // A process that cannot finish a line takes it back.
    [Fact]
    public void Half_a_line_that_is_taken_back_is_no_other_file()
    {
        using FollowedTrail trail = Begin();
        File.AppendAllText(_path, "half");
        Assert.Equal("", New(trail));
        File.WriteAllText(_path, "1\n2\n3\n4\n");
        Assert.Equal("4", New(trail));
    }

    [Fact]
    public void Line_that_is_longer_than_any_is_passed_over_whole()
    {
        using FollowedTrail trail = Begin();
        File.AppendAllText(_path, new string('x', 3 << 20) + "\n5\n");
        Assert.Equal(",5", New(trail));
        File.AppendAllText(_path, "6\n");
        Assert.Equal("6", New(trail));
    }

    [Theory]
    [InlineData("a\n", "a")]
    [InlineData("a\nb\nc\n", "a,b,c")]
    [InlineData("a\nb\nc\nd\ne\n", "a,b,c,d,e")]
    [InlineData("", "")]
    public void File_that_is_cut_is_read_from_its_beginning(string text, string lines)
    {
        using FollowedTrail trail = Begin();
        File.WriteAllText(_path, text);
        Assert.Equal(lines, New(trail));
        File.AppendAllText(_path, "z\n");
        Assert.Equal("z", New(trail));
    }

    [Theory]
    [InlineData("a\n", "a")]
    [InlineData("a\nb\nc\nd\n", "a,b,c,d")]
    public void File_that_takes_the_place_is_read_from_its_beginning_behind_the_rest_of_the_one_before(string text, string lines)
    {
        using FollowedTrail trail = Begin();
        string old = _tool.PathOf("audit.1.jsonl");
        File.Move(_path, old);
        Assert.Equal("", New(trail));
        File.AppendAllText(old, "4\n");
        Assert.Equal("4", New(trail));
        File.AppendAllText(old, "5\n");
        File.WriteAllText(_path, text);
        Assert.Equal("5," + lines, New(trail));
        File.AppendAllText(old, "6\n");
        File.AppendAllText(_path, "z\n");
        Assert.Equal("z", New(trail));
    }

    [Fact]
    public void Copy_that_takes_the_place_goes_on()
    {
        using FollowedTrail trail = Begin();
        string copy = _tool.File("copy", File.ReadAllText(_path) + "4\n");
        File.Move(copy, _path, overwrite: true);
        Assert.Equal("4", New(trail));
    }

    [Fact]
    public void File_that_was_empty_is_followed_into_another()
    {
        File.WriteAllText(_path, string.Empty);
        using FollowedTrail trail = Begin();
        File.Move(_tool.File("new", "1\n"), _path, overwrite: true);
        Assert.Equal("1", New(trail));
    }

    private static string New(FollowedTrail trail) => Text(trail.ReadNew(Token));

    private static byte[] Kept(ReadOnlyMemory<byte> line) => line.ToArray();

    private static string Text(IEnumerable<byte[]> lines) => Text(lines.Select(static line => new ReadOnlyMemory<byte>(line)));

    private static string Text(IEnumerable<ReadOnlyMemory<byte>> lines) => string.Join(',', lines.Select(static line => Encoding.UTF8.GetString(line.Span)));

    private FollowedTrail Begin()
    {
        var trail = new FollowedTrail(_path);
        trail.ReadLast(0, Kept, Token);
        return trail;
    }
}

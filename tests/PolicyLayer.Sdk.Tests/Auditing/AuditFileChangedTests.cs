using System.Text;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>What others do to the file while a process writes it: no record is lost, the chain goes on, and what was done shows.</summary>
public sealed class AuditFileChangedTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFile _file = new(name: "audit.jsonl");
    private readonly JsonLinesAuditSink _sink;
    private readonly ToolGuard _guard;

    public AuditFileChangedTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a file that is open cannot be renamed or cut there");
        _sink = new JsonLinesAuditSink(_file.Path, _time);
        _sink.Open();
        _guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], _time, [_sink], requireAudit: true);
        Decide();
    }

    private string Moved => _file.Path + ".1";

    public void Dispose()
    {
        _sink.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void File_that_is_renamed_is_followed_by_one_of_its_name_and_both_are_one_trail()
    {
        File.Move(_file.Path, Moved);
        Decide();
        Decide();
        AssertProblems(Read(_file.Path), "the trail begins with record 3: the records before it are missing");
        AssertProblems(Read(Moved) + Read(_file.Path));
    }

    [Fact]
    public void File_that_another_takes_the_place_of_is_gone_on_with_there()
    {
        string copy = Read(_file.Path);
        File.Move(_file.Path, Moved);
        File.WriteAllText(_file.Path, string.Empty);
        Decide();
        AssertProblems(copy + Read(_file.Path));
        File.WriteAllText(Moved, copy + Read(_file.Path));
        File.Move(Moved, _file.Path, overwrite: true);
        Decide();
        AssertProblems(Read(_file.Path));
    }

    [Fact]
    public void File_that_is_deleted_is_made_anew_and_shows_what_is_missing()
    {
        File.Delete(_file.Path);
        Decide();
        AssertProblems(Read(_file.Path), "the trail begins with record 3: the records before it are missing");
    }

    // As logrotate does with copytruncate.
    [Fact]
    public void File_that_is_copied_and_cut_goes_on_from_its_beginning()
    {
        File.Copy(_file.Path, Moved);
        Cut(0);
        Decide();
        AssertProblems(Read(_file.Path), "the trail begins with record 3: the records before it are missing");
        AssertProblems(Read(Moved) + Read(_file.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void File_that_is_cut_in_a_line_goes_on_on_the_next(int bytes)
    {
        Cut(new FileInfo(_file.Path).Length - bytes);
        Decide();
        string[] lines = Read(_file.Path).Split('\n');
        Assert.StartsWith("{\"v\":1,\"seq\":3,", lines[2], StringComparison.Ordinal);
        Assert.Equal(bytes > 1, Verify(string.Join('\n', lines)).Problems.Count > 0);
    }

    [Theory]
    [InlineData("more\n")]
    [InlineData("more")]
    public void What_others_append_is_not_written_over_and_shows(string text)
    {
        File.AppendAllText(_file.Path, text);
        Decide();
        Assert.Contains("more\n", Read(_file.Path), StringComparison.Ordinal);
        AssertProblems(Read(_file.Path), "it is no line of a trail, and no process has started behind it: it was put in or changed");
    }

    [Fact]
    public void Folder_that_is_gone_is_a_denial_and_no_lost_record()
    {
        string folder = Path.GetDirectoryName(_file.Path)! + ".away";
        Directory.Move(_file.Folder, folder);
        Assert.Equal(DecisionReason.AuditUnavailable, _guard.Decide("t").Reason);
        Directory.Move(folder, _file.Folder);
        Decide();
        AssertProblems(Read(_file.Path));
    }

    // Each name would have a lock of its own, and two processes would number their lines alike.
    [Fact]
    public void Second_writer_by_another_name_cannot_open_it()
    {
        string link = Path.Combine(_file.Folder, "link.jsonl");
        string chain = Path.Combine(_file.Folder, "chain.jsonl");
        File.CreateSymbolicLink(link, _file.Path);
        File.CreateSymbolicLink(chain, "link.jsonl");
        Assert.Throws<IOException>(new JsonLinesAuditSink(link, _time).Open);
        Assert.Throws<IOException>(new JsonLinesAuditSink(chain, _time).Open);
    }

    [Fact]
    public void Link_to_no_file_yet_makes_it()
    {
        string target = Path.Combine(_file.Folder, "target.jsonl");
        string link = Path.Combine(_file.Folder, "link.jsonl");
        File.CreateSymbolicLink(link, target);
        using (var sink = new JsonLinesAuditSink(link, _time))
        {
            sink.Open();
            Assert.Throws<IOException>(new JsonLinesAuditSink(target, _time).Open);
        }

        Assert.Equal(2, File.ReadAllLines(target).Length);
    }

    private static string Read(string path) => File.ReadAllText(path);

    private static AuditTrailReport Verify(string text) => AuditTrail.Verify(new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken: TestContext.Current.CancellationToken);

    private static void AssertProblems(string text, params string[] problems) => Assert.Equal(problems, Verify(text).Problems.Select(static problem => problem.Message));

    private void Decide() => Assert.True(_guard.Decide("t").IsAllowed);

    private void Cut(long length)
    {
        using var file = new FileStream(_file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }
}

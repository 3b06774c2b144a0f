using System.Text;
using PolicyLayer.Sdk.Policies;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Policies;

/// <summary>Files of one length and one time, as stores of packages keep them: another file is a change all the same.</summary>
public sealed class ReloadStampTests
{
    private static readonly DateTime Fixed = DateTime.UnixEpoch.AddSeconds(1);

    [Fact]
    public void Link_that_leads_to_another_file_is_a_change()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using TemporaryFile one = Write("one");
        using TemporaryFile two = Write("two");
        using var link = new TemporaryFile();
        File.CreateSymbolicLink(link.Path, one.Path);
        PolicyFileSource source = Load(link.Path);
        File.Delete(link.Path);
        File.CreateSymbolicLink(link.Path, two.Path);
        Assert.Equal((false, true), (source.HasChanged(), source.HasChanged()));
    }

    private static TemporaryFile Write(string content)
    {
        var file = new TemporaryFile(Encoding.UTF8.GetBytes(content));
        File.SetLastWriteTimeUtc(file.Path, Fixed);
        return file;
    }

    private static PolicyFileSource Load(string path)
    {
        var source = new PolicyFileSource(path, static () => ToolPolicy.Parse("""{ "version": "1", "default": "deny" }"""));
        source.Load();
        return source;
    }
}

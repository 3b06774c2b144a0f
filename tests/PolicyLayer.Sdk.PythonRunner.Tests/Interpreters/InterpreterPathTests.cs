using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Tests.Interpreters;

public sealed class InterpreterPathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("interpreter-path-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("gone")]
    [InlineData("python3")]
    [InlineData("../links/python3")]
    public void Find_link_that_leads_nowhere_is_passed_over(string target)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links and rights are those of Linux");
        string links = Directory.CreateDirectory(Path.Combine(_folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "python3"), target);
        string real = Executable("real");
        Assert.Equal(real, InterpreterPath.Find("python3", $"{links}:{Path.GetDirectoryName(real)}"));
        Assert.Null(InterpreterPath.Find("python3", links));
    }

    [Fact]
    public void Find_link_to_an_executable_is_taken_as_it_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links and rights are those of Linux");
        string real = Executable("real");
        string links = Directory.CreateDirectory(Path.Combine(_folder, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "python3"), real);
        Assert.Equal(Path.Combine(links, "python3"), InterpreterPath.Find("python3", links));
    }

    private string Executable(string folder)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName, "python3");
        File.Copy("/bin/sh", path);
        return path;
    }
}

using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Policies;

public sealed class PolicyFileTests
{
    private static readonly byte[] Least = """{ "version": "1", "default": "deny" }"""u8.ToArray();

    [Fact]
    public void Load_names_the_policy_after_its_file()
    {
        using var file = new TemporaryFile(Least, "team.policy.json");
        ToolPolicy policy = ToolPolicy.Load(file.Path);
        Assert.Equal("team.policy", policy.Name);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Least)), policy.Version);
    }

    [Fact]
    public void Load_missing_file_says_where_it_was_looked_for()
    {
        using var file = new TemporaryFile();
        PolicyDiagnostic error = Only(file.Path);
        Assert.Equal((DiagnosticCodes.Unreadable, 0, 0, string.Empty), (error.Code, error.Line, error.Column, error.Pointer));
        Assert.Contains($"`{file.Path}`", error.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticCodes.Unreadable, Only(Path.Combine(file.Folder, "no", "folder.json")).Code);
    }

    [Fact]
    public void Load_folder_says_that_it_is_one()
    {
        using var file = new TemporaryFile();
        PolicyDiagnostic error = Only(file.Folder);
        Assert.Equal(DiagnosticCodes.Unreadable, error.Code);
        Assert.Contains("this is a folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy\0.json")]
    [InlineData("/proc/self/mem")]
    [InlineData("/dev/zero")]
    public void Load_what_cannot_be_a_policy_is_a_format_error(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "paths of Linux");
        Assert.NotEqual(DiagnosticCodes.InvalidJson, Only(path).Code);
    }

    [Theory]
    [InlineData("policy.yaml")]
    [InlineData("policy.YML")]
    public void Load_yaml_says_what_reads_it(string name)
    {
        using var file = new TemporaryFile("version: '1'\ndefault: deny\n"u8.ToArray(), name);
        PolicyDiagnostic error = Only(file.Path);
        Assert.Equal(DiagnosticCodes.InvalidJson, error.Code);
        Assert.EndsWith("; policies in YAML are read by PolicyLayer.Sdk.Yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_errors_name_the_file_as_it_was_given()
    {
        using var file = new TemporaryFile("{}"u8.ToArray());
        PolicyFormatException e = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Load(file.Path));
        Assert.Equal(2, e.Diagnostics.Count);
        Assert.Equal(string.Join(Environment.NewLine, e.Diagnostics), e.Message);
        Assert.StartsWith(file.Path + "(1,1): error PL1008: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_without_text_or_name_is_an_argument_error()
    {
        Assert.Throws<ArgumentNullException>(() => ToolPolicy.Parse((string)null!));
        Assert.Throws<ArgumentException>(() => ToolPolicy.Parse(Least, " "));
        Assert.Throws<ArgumentException>(() => ToolPolicy.Load(" "));
    }

    [Fact]
    public void Version_changes_with_every_byte() =>
        Assert.NotEqual(ToolPolicy.Parse(Least).Version, ToolPolicy.Parse([.. Least, (byte)' ']).Version);

    private static PolicyDiagnostic Only(string path) =>
        Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Load(path)).Diagnostics);
}

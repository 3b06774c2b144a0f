using System.Diagnostics;
using System.Reflection;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The same again where the host is not root: this assembly, started once more as nobody.</summary>
public sealed class OtherUserTests(ITestOutputHelper output)
{
    private const int NotReadable = 86;
    private const string Script = "test -r \"$0\" || exit 86; exec dotnet \"$0\" \"$@\"";

    private static string[] Methods => MatrixRun.IsFull
        ? ["-method", "*.MatrixTests.*", "-method", "*.MutationTests.*"]
        : ["-method", "*.With_all_layers*", "-method", "*.MutationTests.*"];

    [Fact]
    public async Task As_nobody_the_matrix_holds_as_well()
    {
        Sandbox.RequireLinux();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become nobody; this run is that of another user already");
        string assembly = Assembly.GetExecutingAssembly().Location;
        var start = new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "--", "sh", "-c", Script, assembly, .. Methods, "-noColor"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = Path.GetTempPath();

        using Process child = Process.Start(start)!;
        string said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.WriteLine(said);
        Assert.SkipWhen(child.ExitCode == NotReadable, "nobody cannot read the folder that this was built in");
        Assert.Contains("Failed: 0,", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0,", said, StringComparison.Ordinal);
        Assert.Equal(0, child.ExitCode);
    }
}

using System.Diagnostics;

namespace PolicyLayer.EndToEnd.Tests;

/// <summary>A built sample, started as a child process.</summary>
internal static class SampleProgram
{
    /// <summary>Its assembly: built beside this project, in the same configuration.</summary>
    public static string PathOf(string sample) => Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", sample, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), $"{sample}.dll"));

    /// <summary>Runs it to its end; returns its exit code and all it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string sample, string[] arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [PathOf(sample), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await errors);
    }
}

using System.Diagnostics;
using ModelContextProtocol.Client;

namespace PolicyLayer.EndToEnd.Tests;

/// <summary>The built sample, started as a child process.</summary>
internal static class QuickStartProgram
{
    /// <summary>Built beside this project, in the same configuration.</summary>
    private static readonly string Assembly = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "QuickStart", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "QuickStart.dll"));

    /// <summary>Runs it as a client; returns its exit code and all it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Starts its server and connects to it.</summary>
    public static Task<McpClient> ConnectAsync(string auditFile, Dictionary<string, string?>? environment, CancellationToken cancellationToken)
    {
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : FindOnPath("dotnet");
        var transport = new StdioClientTransport(new()
        {
            Command = dotnet,
            Arguments = [Assembly, "serve", auditFile],
            EnvironmentVariables = environment,
        });
        return McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
    }

    public static string FindOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);
}

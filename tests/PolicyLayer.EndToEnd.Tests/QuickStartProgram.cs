using ModelContextProtocol.Client;

namespace PolicyLayer.EndToEnd.Tests;

/// <summary>The server of the sample that a new user runs first, as a child process.</summary>
internal static class QuickStartProgram
{
    /// <summary>Starts its server and connects to it.</summary>
    public static Task<McpClient> ConnectAsync(string auditFile, Dictionary<string, string?>? environment, CancellationToken cancellationToken)
    {
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : FindOnPath("dotnet");
        var transport = new StdioClientTransport(new()
        {
            Command = dotnet,
            Arguments = [SampleProgram.PathOf("QuickStart"), "serve", auditFile],
            EnvironmentVariables = environment,
        });
        return McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
    }

    public static string FindOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);
}

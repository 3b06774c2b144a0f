using System.Diagnostics;

namespace PolicyLayer.Sdk.Mcp.Tests.Stdio;

/// <summary>The sample server as a real process.</summary>
internal static class SampleServer
{
    /// <summary>The first line of a client that speaks without the SDK.</summary>
    public const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "McpServer", new DirectoryInfo(AppContext.BaseDirectory).Name, "McpServer.dll");

    /// <summary>Starts it, with its input, output and error stream in the test's hands.</summary>
    public static Process Start(string audit) => Process.Start(new ProcessStartInfo("dotnet", [Path, "--audit", audit])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

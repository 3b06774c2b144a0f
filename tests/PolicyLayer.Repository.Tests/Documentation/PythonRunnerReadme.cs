using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>What the README of PolicyLayer.Sdk.PythonRunner shows, compiled word for word.</summary>
internal static class PythonRunnerReadme
{
    public static async Task<McpServerTool> RunAsync()
    {
        await using var runner = new PythonRunner();                       // needs python3 (CPython 3.9 or newer) on Linux
        PythonResult result = await runner.RunAsync("print(6 * 7)");

        Console.Write(result.Stdout);                                      // 42
        Console.WriteLine((result.Outcome, result.ReturnCode));            // (Exited, 0)
        Console.WriteLine(result.Isolation.Level);                         // Kernel

        AIFunction tool = PythonTool.Create(runner);                       // run_python_code, for Microsoft.Extensions.AI
        McpServerTool served = McpServerTool.Create(tool);                 // the same for an MCP server
        return served;
    }

    public static PythonRunner Careful()
    {
        var options = new PythonRunnerOptions { MemoryLimitMegabytes = 128, DefaultTimeout = TimeSpan.FromSeconds(5) };
        options.AllowedModules.Add("math");                                // default: no import at all
        options.AllowedModules.Add("json");
        var careful = new PythonRunner(options);
        return careful;
    }
}

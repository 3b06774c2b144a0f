using System.Diagnostics;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>The programs of a measurement, each a process: this one in another role, and the command <c>policylayer</c>.</summary>
internal static class Roles
{
    public const string StdioServer = "mcp-stdio-server";
    public const string HttpServer = "mcp-http-server";
    public const string HttpProxy = "mcp-http-proxy";
    public const string HttpForwarder = "mcp-http-forwarder";

    private const string Listening = "listening on ";

    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "..", "..", "PolicyLayer.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "PolicyLayer.Cli.dll");

    /// <summary>The command line of this program in a role.</summary>
    public static string[] Of(string role, params string[] arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "PolicyLayer.Benchmarks.dll"), role, .. arguments];

    /// <summary>The command line of <c>policylayer proxy</c>.</summary>
    public static string[] Proxy(string policy, params string[] rest) => ["dotnet", Tool, "proxy", "--policy", policy, .. rest];

    public static Process Start(string[] command) =>
        Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Starts a web server, and waits until it says where it listens.</summary>
    /// <param name="command">Its command line.</param>
    /// <param name="address">Where it can be reached.</param>
    public static Process StartWeb(string[] command, out Uri address)
    {
        Process process = Start(command);
        while (true)
        {
            string line = process.StandardError.ReadLine() ?? throw new InvalidOperationException($"{string.Join(' ', command)} has ended");
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address = new Uri(line[(at + Listening.Length)..]);
                return process;
            }
        }
    }

    public static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}

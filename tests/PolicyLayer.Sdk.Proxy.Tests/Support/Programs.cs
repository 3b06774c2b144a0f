using System.Globalization;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>The programs that these tests run: the command line tool, and servers to stand behind it.</summary>
internal static class Programs
{
    public static string Tool { get; } = Built("PolicyLayer.Cli");

    public static string SampleServer { get; } = Built("McpServer");

    /// <summary>A server in Python, with nothing but its standard library.</summary>
    public static string Peer { get; } = Path.Combine(AppContext.BaseDirectory, "Stdio", "peer.py");

    public static void NeedPython() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "python3"))),
        "python3 is not on PATH");

    public static void NeedSignal(int number) =>
        Assert.SkipWhen(IsIgnored(number), "this run was started to ignore the signal, as `nohup` does, and so is what it starts");

    private static bool IsIgnored(int signal) =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line
        && (ulong.Parse(line.AsSpan("SigIgn:".Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;

    private static string Built(string project) =>
        Path.Combine(AppContext.BaseDirectory, "..", "..", project, new DirectoryInfo(AppContext.BaseDirectory).Name, project + ".dll");
}

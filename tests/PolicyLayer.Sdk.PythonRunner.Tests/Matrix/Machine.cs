using System.Globalization;
using System.Runtime.InteropServices;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>What this machine offers to a payload.</summary>
internal static class Machine
{
    /// <summary>Whether this process may raise limits that were lowered: most roots may, but not in every container or virtual machine.</summary>
    public static bool CanRaiseLimits { get; } = HasCapability(24);

    private static bool HasKeyring { get; } = Native.TryAddKey("probe", [1]);

    /// <summary>Why the payload cannot succeed here even without any layer; null when it can.</summary>
    public static string? Lacks(Payload payload, string python) =>
        payload.Unprovable ?? payload.Needs.Select(need => Lacks(need, python)).FirstOrDefault(lack => lack is not null);

    /// <summary>Whether what the payload is to find can be made at all.</summary>
    public static bool CanPlant(Payload payload) => !payload.Needs.Contains("keyring") || HasKeyring;

    private static string? Lacks(string need, string python) => need switch
    {
        "root" => Environment.IsPrivilegedProcess ? null : "only root can do it",
        "x86_64" => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? null : "its numbers are those of x86_64",
        "keyring" => HasKeyring ? null : "keys cannot be added here, as in most containers",
        "mptcp" => File.Exists("/proc/sys/net/mptcp/enabled") ? null : "this kernel has no multipath TCP",
        "cgroup" => Enclosure.ControlGroups is null ? "this machine has no control groups of version 2 that a test may add to" : null,
        "core" => File.ReadAllText("/proc/sys/kernel/core_pattern").StartsWith("core", StringComparison.Ordinal) ? null : "crashes go to a program of the host",
        _ when need.StartsWith("python<3.", StringComparison.Ordinal) => Minor(python) < MinorOf(need) ? null : "this interpreter is too new",
        _ when need.StartsWith("python>=3.", StringComparison.Ordinal) => Minor(python) >= MinorOf(need) ? null : "this interpreter is too old",
        _ => throw new InvalidOperationException($"nobody knows how to look for `{need}`"),
    };

    private static bool HasCapability(int number)
    {
        const string Effective = "CapEff:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal)) : null;
        return line is not null && ((ulong.Parse(line[Effective.Length..], NumberStyles.AllowHexSpecifier | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) >> number) & 1) == 1;
    }

    private static int MinorOf(string need) => int.Parse(need[(need.IndexOf('.', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Which 3.x an interpreter is.</summary>
    public static int Minor(string python)
    {
        string version = InterpreterCache.GetAsync(python, TimeProvider.System, CancellationToken.None).AsTask().GetAwaiter().GetResult().Interpreter!.Version;
        return Version.Parse(version).Minor;
    }
}

using System.Net.NetworkInformation;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>What is true of this machine anyway, and no business of the sandboxed code.</summary>
internal static class Facts
{
    /// <summary>What a payload prints that learned the fact; nothing for names that are no fact.</summary>
    public static IEnumerable<string> Of(string name) => name switch
    {
        "RELEASE" => [File.ReadAllText("/proc/sys/kernel/osrelease").Trim()],
        "TOTAL" => [File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]],
        "MOUNTS" => File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(path => path.Length > 4).Take(1),
        "ACCOUNTS" => File.ReadLines("/etc/passwd").Take(1),
        "CGROUP" => File.ReadLines("/proc/self/cgroup").Take(1),
        "INTERFACE" => NetworkInterface.GetAllNetworkInterfaces().Where(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback).Select(one => one.Name),
        _ => [],
    };
}

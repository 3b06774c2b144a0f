using System.Globalization;
using System.Text.RegularExpressions;
using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>The numbers of system calls, compared with the kernel's own headers.</summary>
public sealed partial class KernelHeaderTests
{
    [Theory]
    [InlineData("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h")]
    [InlineData("x86_64", "/usr/include/asm/unistd_64.h")]
    [InlineData("aarch64", "/usr/include/aarch64-linux-gnu/asm/unistd_64.h")] // from Linux 6.11 on
    [InlineData("aarch64", "/usr/include/asm-generic/unistd.h")]
    public void Number_is_the_kernels(string machine, string header)
    {
        Assert.SkipUnless(File.Exists(header), $"{header} is not on this machine (the kernel's headers for C)");
        Dictionary<string, int> known = Read(header);
        SystemCallTable table = SystemCallTable.For(machine)!;

        // A header older than a call does not have it; that it has nearly all shows that it was read right.
        string[] found = [.. SystemCallTexts.Names(table).Where(known.ContainsKey)];
        Assert.InRange(found.Length, 90, int.MaxValue);
        Assert.Equal(found.Select(name => (name, known[name])), found.Select(name => (name, table.Find(name)!.Value)));
    }

    /// <summary>What one architecture alone has is in neither table by mistake.</summary>
    [Theory]
    [InlineData("select")]
    [InlineData("time")]
    [InlineData("poll")]
    [InlineData("iopl")]
    [InlineData("modify_ldt")]
    public void Call_of_x86_64_alone_has_no_number_on_aarch64(string name)
    {
        Assert.NotNull(SystemCallTable.X64.Find(name));
        Assert.Null(SystemCallTable.Arm64.Find(name));
    }

    private static Dictionary<string, int> Read(string header) =>
        File.ReadLines(header).Select(line => Definition().Match(line)).Where(match => match.Success)
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("^#define __NR(?:3264)?_(?<name>[a-z0-9_]+)\\s+(?<number>[0-9]+)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Definition();
}

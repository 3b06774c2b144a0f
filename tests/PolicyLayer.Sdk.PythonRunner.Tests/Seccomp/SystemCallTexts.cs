using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>The names in the tables of system calls.</summary>
internal static class SystemCallTexts
{
    public static IReadOnlyList<string> Names(SystemCallTable table) =>
        [.. (table.HasX32 ? SystemCallNumbers.X64 : SystemCallNumbers.Arm64)
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':')[0])];
}

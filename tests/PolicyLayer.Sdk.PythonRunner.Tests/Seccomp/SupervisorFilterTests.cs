using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

public sealed class SupervisorFilterTests
{
    private static readonly IReadOnlyList<BpfInstruction> OnX64 = FilterCompiler.Compile(FilterRules.Supervisor, SystemCallTable.X64);
    private static readonly IReadOnlyList<BpfInstruction> OnArm64 = FilterCompiler.Compile(FilterRules.Supervisor, SystemCallTable.Arm64);

    [Theory]
    [InlineData(424, 424, new ulong[] { 3, 9 }, true)]
    [InlineData(424, 424, new ulong[] { 3, 14 }, true)]
    [InlineData(424, 424, new ulong[] { 3, 15 }, false)]
    [InlineData(424, 424, new ulong[] { 4, 9 }, false)]
    [InlineData(0, 63, new ulong[] { 0 }, true)]
    [InlineData(0, 63, new ulong[] { 5 }, true)]
    [InlineData(0, 63, new ulong[] { 6 }, true)]
    [InlineData(0, 63, new ulong[] { 3 }, false)]
    [InlineData(1, 64, new ulong[] { 1 }, true)]
    [InlineData(1, 64, new ulong[] { 4 }, true)]
    [InlineData(1, 64, new ulong[] { 5 }, false)]
    [InlineData(61, 260, new ulong[] { 1 }, true)]
    [InlineData(62, 129, new ulong[] { 1, 9 }, false)] // kill
    [InlineData(257, 56, new ulong[] { 1 }, false)] // openat
    [InlineData(41, 198, new ulong[] { 1 }, false)] // socket
    [InlineData(56, 220, new ulong[] { 17 }, false)] // clone
    [InlineData(59, 221, new ulong[] { 1 }, false)] // execve
    public void Supervisor_may_only_supervise(int x64, int arm64, ulong[] arguments, bool passes)
    {
        uint expected = passes ? 0x7fff0000u : 0x00050001u;

        Assert.Equal(expected, BpfSimulator.Run(OnX64, ExpectedFilter.X64, (uint)x64, arguments));
        Assert.Equal(expected, BpfSimulator.Run(OnArm64, ExpectedFilter.Arm64, (uint)arm64, arguments));
    }

    [Fact]
    public void Every_number_on_x86_64_is_answered_as_written_down() =>
        Sweep(OnX64, ExpectedFilter.X64, [.. ExpectedFilter.FreeX64, .. ExpectedFilter.SupervisingX64], ExpectedFilter.DeadlyX64, [0, 1, 9, 10, 28, 202, 228, 229, 230, 424]);

    [Fact]
    public void Every_number_on_aarch64_is_answered_as_written_down() =>
        Sweep(OnArm64, ExpectedFilter.Arm64, [.. ExpectedFilter.FreeArm64, .. ExpectedFilter.SupervisingArm64], ExpectedFilter.DeadlyArm64, [63, 64, 98, 113, 114, 115, 222, 226, 233, 424]);

    private static void Sweep(IReadOnlyList<BpfInstruction> program, uint architecture, int[] free, int[] deadly, int[] byArguments)
    {
        foreach (int number in Enumerable.Range(0, 1024).Except(byArguments))
        {
            uint expected = free.Contains(number) ? 0x7fff0000u : deadly.Contains(number) ? 0x80000000u : number == ExpectedFilter.Clone3 ? 0x00050026u : 0x00050001u;
            foreach (ulong argument in (ulong[])[0, 1, 2, 3, 4, 5, 6, 9, 14, ulong.MaxValue])
            {
                Assert.Equal((number, expected), (number, BpfSimulator.Run(program, architecture, (uint)number, argument, argument, argument, argument)));
            }
        }
    }
}

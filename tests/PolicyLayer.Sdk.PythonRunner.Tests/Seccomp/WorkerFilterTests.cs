using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

public sealed class WorkerFilterTests
{
    private const uint Kill = 0x80000000;
    private const uint Allow = 0x7fff0000;
    private const uint Eperm = 0x00050001;
    private const uint Enosys = 0x00050026;

    private static readonly IReadOnlyList<BpfInstruction> OnX64 = FilterCompiler.Compile(FilterRules.Worker, SystemCallTable.X64);
    private static readonly IReadOnlyList<BpfInstruction> OnArm64 = FilterCompiler.Compile(FilterRules.Worker, SystemCallTable.Arm64);

    [Fact]
    public void Every_number_on_x86_64_is_answered_as_written_down() =>
        Sweep(OnX64, ExpectedFilter.X64, ExpectedFilter.FreeX64, ExpectedFilter.DeadlyX64, [0, 1, 9, 10, 23, 28, 202, 228, 229, 230, 270]);

    [Fact]
    public void Every_number_on_aarch64_is_answered_as_written_down() =>
        Sweep(OnArm64, ExpectedFilter.Arm64, ExpectedFilter.FreeArm64, ExpectedFilter.DeadlyArm64, [63, 64, 72, 98, 113, 114, 115, 222, 226, 233]);

    [Theory]
    [MemberData(nameof(ExpectedFilter.Arguments), MemberType = typeof(ExpectedFilter))]
    public void Arguments_decide(string name, int x64, int arm64, ulong[] arguments, bool passes)
    {
        uint expected = passes ? Allow : Eperm;

        Assert.Equal((name, expected), (name, BpfSimulator.Run(OnX64, ExpectedFilter.X64, (uint)x64, arguments)));
        if (arm64 >= 0)
        {
            Assert.Equal((name, expected), (name, BpfSimulator.Run(OnArm64, ExpectedFilter.Arm64, (uint)arm64, arguments)));
        }
    }

    [Theory]
    [InlineData(0x40000003u)] // i386
    [InlineData(0xC00000B7u)] // aarch64
    [InlineData(0x00000028u)] // arm
    [InlineData(0u)]
    public void Call_of_another_architecture_ends_the_process(uint architecture)
    {
        for (uint number = 0; number < 1024; number++)
        {
            Assert.Equal(Kill, BpfSimulator.Run(OnX64, architecture, number, 1));
        }
    }

    [Fact]
    public void X32_number_ends_the_process()
    {
        for (uint number = 0; number < 1024; number++)
        {
            Assert.Equal(Kill, BpfSimulator.Run(OnX64, ExpectedFilter.X64, 0x40000000 | number, 1));
        }
    }

    [Theory]
    [InlineData(uint.MaxValue, Kill)] // has the bit of x32
    [InlineData(0x80000001u, Eperm)]
    [InlineData(0x3FFFFFFFu, Eperm)]
    public void Number_that_no_call_has_is_refused(uint number, uint expected) =>
        Assert.Equal(expected, BpfSimulator.Run(OnX64, ExpectedFilter.X64, number, 1));

    [Fact]
    public void Count_of_reachable_calls_is_what_the_design_says()
    {
        Assert.Equal(29, FilterRules.Worker.Count(rule => SystemCallTable.X64.Find(rule.Name) is not null));
        Assert.Equal(27, FilterRules.Worker.Count(rule => SystemCallTable.Arm64.Find(rule.Name) is not null));
    }

    private static void Sweep(IReadOnlyList<BpfInstruction> program, uint architecture, int[] free, int[] deadly, int[] byArguments)
    {
        for (int number = 0; number < 1024; number++)
        {
            if (byArguments.Contains(number))
            {
                continue;
            }

            uint expected = free.Contains(number) ? Allow : deadly.Contains(number) ? Kill : number == ExpectedFilter.Clone3 ? Enosys : Eperm;
            foreach (ulong argument in (ulong[])[0, 1, 2, 3, 4, 7, ulong.MaxValue])
            {
                Assert.Equal((number, expected), (number, BpfSimulator.Run(program, architecture, (uint)number, argument, argument, argument, argument)));
            }
        }
    }
}

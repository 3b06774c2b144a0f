using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

public sealed class BpfAssemblerTests
{
    [Fact]
    public void Label_becomes_the_distance_from_the_next_line()
    {
        var code = new BpfAssembler();
        BpfAssembler.Label end = new();
        code.IfEqual(1, then: end);
        code.Return(2);
        code.Place(end);
        code.Return(3);

        Assert.Equal(new BpfInstruction(BpfInstruction.JumpIfEqual, 1, 0, 1), code.Assemble()[0]);
    }

    [Fact]
    public void Jump_to_nowhere_is_not_assembled()
    {
        var code = new BpfAssembler();
        code.IfEqual(1, then: new BpfAssembler.Label());
        code.Return(2);

        Assert.Throws<InvalidOperationException>(code.Assemble);
    }

    [Fact]
    public void Jump_past_the_end_is_not_assembled()
    {
        var code = new BpfAssembler();
        BpfAssembler.Label end = new();
        code.IfEqual(1, then: end);
        code.Place(end);

        Assert.Throws<InvalidOperationException>(code.Assemble);
    }

    [Fact]
    public void Jump_too_far_is_not_assembled()
    {
        var code = new BpfAssembler();
        BpfAssembler.Label end = new();
        code.IfEqual(1, then: end);
        for (int i = 0; i < 256; i++)
        {
            code.Return(2);
        }

        code.Place(end);
        code.Return(3);

        Assert.Throws<InvalidOperationException>(code.Assemble);
    }

    [Fact]
    public void Program_is_written_as_the_kernel_reads_it() =>
        Assert.Equal("1500020104030201", Convert.ToHexString(BpfAssembler.Encode([new BpfInstruction(0x15, 2, 1, 0x01020304)])));
}

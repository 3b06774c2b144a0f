namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>A condition on one argument of a system call.</summary>
/// <param name="Index">Which argument, from 0.</param>
/// <param name="Kind">How the low 32 bits are tested; the high 32 bits must be zero whatever the test.</param>
/// <param name="Values">The values or the mask that belong to the kind.</param>
internal sealed record ArgumentTest(int Index, ArgumentTestKind Kind, params uint[] Values)
{
    /// <summary>Ignores some bits, then demands one of the values.</summary>
    public uint IgnoredBits { get; init; }

    public static ArgumentTest OneOf(int index, params uint[] values) => new(index, ArgumentTestKind.OneOf, values);

    public static ArgumentTest OnlyBits(int index, uint mask) => new(index, ArgumentTestKind.OnlyBits, mask);

    public static ArgumentTest HasBit(int index, uint bit) => new(index, ArgumentTestKind.HasBit, bit);
}

internal enum ArgumentTestKind
{
    OneOf,
    OnlyBits,
    HasBit,
}

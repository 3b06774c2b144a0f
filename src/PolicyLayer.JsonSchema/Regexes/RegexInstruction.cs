using System.Runtime.InteropServices;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>One position in a program.</summary>
/// <param name="Kind">What happens here.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="Operand">The number of a set, a <see cref="RegexAssertion"/>, or where else a split goes on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RegexInstruction(RegexInstructionKind Kind, int Next, int Operand);

internal enum RegexInstructionKind
{
    /// <summary>Takes a character of a set.</summary>
    Characters = 0,

    /// <summary>Goes on at two places at once.</summary>
    Split,

    /// <summary>Goes on if an assertion holds.</summary>
    Assertion,

    /// <summary>The pattern is found.</summary>
    Match,
}

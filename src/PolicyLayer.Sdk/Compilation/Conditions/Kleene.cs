namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Kleene's logic of three values.</summary>
internal static class Kleene
{
    public static ConditionOutcome From(bool holds) => holds ? ConditionOutcome.True : ConditionOutcome.False;

    public static ConditionOutcome Not(this ConditionOutcome outcome) => outcome switch
    {
        ConditionOutcome.True => ConditionOutcome.False,
        ConditionOutcome.False => ConditionOutcome.True,
        _ => ConditionOutcome.Unknown,
    };

    /// <summary>False where one is false, else unknown where one is, else true.</summary>
    public static ConditionOutcome And(this ConditionOutcome one, ConditionOutcome other) =>
        one == ConditionOutcome.True ? other
        : other == ConditionOutcome.True ? one
        : one == ConditionOutcome.False || other == ConditionOutcome.False ? ConditionOutcome.False
        : ConditionOutcome.Unknown;

    /// <summary>True where one is true, else unknown where one is, else false.</summary>
    public static ConditionOutcome Or(this ConditionOutcome one, ConditionOutcome other) =>
        one == ConditionOutcome.False ? other
        : other == ConditionOutcome.False ? one
        : one == ConditionOutcome.True || other == ConditionOutcome.True ? ConditionOutcome.True
        : ConditionOutcome.Unknown;
}

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>What a condition says of a call: Kleene's three values.</summary>
internal enum ConditionOutcome
{
    /// <summary>The value has a type that the operator does not compare. A rule that meets it denies.</summary>
    Unknown = 0,
    False,
    True,
}

using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>The rule that stands in no policy: a tool's own schema, or a host's validator.</summary>
internal static class InputSchemaRule
{
    /// <summary>What decisions call it.</summary>
    public const string Id = "(input schema)";

    public static readonly RuleReference Violated = new(Id);

    public static readonly RuleReference Unenforceable = new(
        Id, text: "The input schema of this tool cannot be enforced here, so every call of it is refused. Do not try it again.");

    public static readonly RuleReference Unjudged = new(
        Id, text: "The arguments could not be checked, so the call was refused. Do not try it again.");

    /// <summary>Whether a denial is this rule's.</summary>
    public static bool Speaks(Denial? denial) =>
        denial is not null && (ReferenceEquals(denial.Rule, Violated) || ReferenceEquals(denial.Rule, Unenforceable) || ReferenceEquals(denial.Rule, Unjudged));
}

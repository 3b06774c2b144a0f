using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk;

/// <summary>Everything that can be said of a policy document without running it.</summary>
public sealed class PolicyReview
{
    private PolicyReview(IReadOnlyList<PolicyDiagnostic> diagnostics) => Diagnostics = diagnostics;

    /// <summary>Errors, lints and notes, in the order of the document.</summary>
    public IReadOnlyList<PolicyDiagnostic> Diagnostics { get; }

    /// <summary>Whether the document cannot be used.</summary>
    public bool HasErrors => Diagnostics.Any(static diagnostic => diagnostic.Severity == PolicySeverity.Error);

    /// <summary>Reviews a document. It never throws for what the document says.</summary>
    /// <param name="text">The document.</param>
    public static PolicyReview Of(PolicyText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        DiagnosticBag bag = text.CreateBag();
        PolicyChecker.Check(text.Utf8Json.Span, bag);
        return new PolicyReview(bag.ToList());
    }
}

using PolicyLayer.Sdk.Linting;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;

namespace PolicyLayer.Sdk;

/// <summary>Everything that can be said of a policy document without running it.</summary>
public sealed class PolicyReview
{
    private PolicyReview(IReadOnlyList<PolicyDiagnostic> diagnostics) => Diagnostics = diagnostics;

    /// <summary>Errors, lints and notes, in the order of the document; the first 1,000 that were found.</summary>
    public IReadOnlyList<PolicyDiagnostic> Diagnostics { get; }

    /// <summary>Whether the document cannot be used.</summary>
    public bool HasErrors => Diagnostics.Any(static diagnostic => diagnostic.Severity == PolicySeverity.Error);

    /// <summary>Reviews a document. It never throws for what the document says.</summary>
    /// <param name="text">The document.</param>
    public static PolicyReview Of(PolicyText text) => Of(text, tools: null);

    /// <summary>Reviews a document beside the tools that it is for. It never throws for what the document says.</summary>
    /// <param name="text">The document.</param>
    /// <param name="tools">The tools, to check names and required arguments against; null when they are not known.</param>
    public static PolicyReview Of(PolicyText text, ToolCatalog? tools)
    {
        ArgumentNullException.ThrowIfNull(text);
        DiagnosticBag bag = text.CreateBag();
        PolicyChecker.Check(text.Utf8Json.Span, text.Bounds, bag);
        if (!bag.HasErrors && PolicyChecker.Read(text.Utf8Json.Span, text.Bounds, text.CreateBag(), out _) is { } root)
        {
            PolicyLinter.Lint(root, tools, bag);
        }

        return new PolicyReview(bag.ToList());
    }
}

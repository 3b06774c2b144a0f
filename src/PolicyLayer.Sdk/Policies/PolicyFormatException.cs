namespace PolicyLayer.Sdk;

/// <summary>A policy document cannot be used; says everything that is wrong with it.</summary>
public sealed class PolicyFormatException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="diagnostics">All errors, in the order of the document; at least one, and the first 1,000 where there are more.</param>
    public PolicyFormatException(IReadOnlyList<PolicyDiagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>All errors, in the order of the document; at least one, and the first 1,000 where there are more.</summary>
    public IReadOnlyList<PolicyDiagnostic> Diagnostics { get; }
}

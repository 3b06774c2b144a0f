using PolicyLayer.Sdk.Files;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Collects what is to be said of one document.</summary>
/// <param name="source">The file, or the name given to a text.</param>
/// <param name="positions">Where a byte of the text stands for whoever wrote it; null when the reader finds out.</param>
internal sealed class DiagnosticBag(string source, ITextPositions? positions = null)
{
    /// <summary>After this many errors nobody reads on.</summary>
    private const int MaxDiagnostics = 1000;

    private readonly List<(int Offset, PolicyDiagnostic Diagnostic)> _found = [];

    /// <summary>Whether there are so many errors that looking for more helps nobody.</summary>
    public bool IsFull => _found.Count >= MaxDiagnostics;

    /// <summary>Whether there is nothing to be said.</summary>
    public bool IsEmpty => _found.Count == 0;

    /// <summary>Whether the document cannot be used.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Where a byte stands; null until the text is known to be text.</summary>
    public ITextPositions? Positions { get; set; } = positions;

    /// <summary>Whether the document is YAML, by its name.</summary>
    public bool IsYaml => YamlName.IsOf(source);

    public bool HasErrorOf(string code) => _found.Exists(found => found.Diagnostic.Code == code);

    /// <summary>An error at a value, or at its name where it has one.</summary>
    public void Error(string code, DocumentNode node, string message) => Add(code, PolicySeverity.Error, node, message);

    /// <summary>A lint: the document can be used, but hardly means what its author wants.</summary>
    public void Warning(string code, DocumentNode node, string message) => Add(code, PolicySeverity.Warning, node, message);

    /// <summary>Something that whoever moves an older document should know.</summary>
    public void Note(string code, DocumentNode node, string message) => Add(code, PolicySeverity.Note, node, message);

    /// <summary>An error at a place without a pointer.</summary>
    public void ErrorAt(string code, int offset, string message) => Add(code, PolicySeverity.Error, offset, string.Empty, message);

    /// <summary>An error of the document as a whole.</summary>
    public void ErrorOfDocument(string code, string message)
    {
        HasErrors = true;
        _found.Add((0, new PolicyDiagnostic(code, PolicySeverity.Error, message, source, 0, 0, string.Empty)));
    }

    /// <summary>Everything found, in the order of the document.</summary>
    public IReadOnlyList<PolicyDiagnostic> ToList() => [.. _found.OrderBy(static found => found.Offset).Select(static found => found.Diagnostic)];

    private void Add(string code, PolicySeverity severity, DocumentNode node, string message)
    {
        DocumentNode seen = node.Origin ?? node;
        Add(code, severity, seen.NameOffset, seen.Pointer, message);
    }

    private void Add(string code, PolicySeverity severity, int offset, string pointer, string message)
    {
        HasErrors |= severity == PolicySeverity.Error;
        if (IsFull)
        {
            return;
        }

        (int line, int column) = Positions?.Locate(offset) ?? (0, 0);
        _found.Add((offset, new PolicyDiagnostic(code, severity, message, source, line, column, pointer)));
    }
}

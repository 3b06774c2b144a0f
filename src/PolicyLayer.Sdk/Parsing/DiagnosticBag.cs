namespace PolicyLayer.Sdk.Parsing;

/// <summary>Collects what is wrong with one document.</summary>
/// <param name="source">The file, or the name given to a text.</param>
internal sealed class DiagnosticBag(string source)
{
    /// <summary>After this many errors nobody reads on.</summary>
    private const int MaxDiagnostics = 1000;

    private readonly List<(int Offset, PolicyDiagnostic Diagnostic)> _found = [];
    private LineMap? _lines;

    /// <summary>Whether there are so many errors that looking for more helps nobody.</summary>
    public bool IsFull => _found.Count >= MaxDiagnostics;

    /// <summary>The text that positions refer to, once it is known to be text.</summary>
    public LineMap Lines
    {
        set => _lines = value;
    }

    /// <summary>An error at a value, or at its name where it has one.</summary>
    public void Error(string code, DocumentNode node, string message) => Add(code, node.NameOffset, node, null, message);

    /// <summary>An error at a place without a pointer.</summary>
    public void ErrorAt(string code, int offset, string message) => Add(code, offset, null, null, message);

    /// <summary>An error at a member of an object that is still being read.</summary>
    public void ErrorAt(string code, int offset, string message, DocumentNode around, string member) => Add(code, offset, around, member, message);

    /// <summary>An error of the document as a whole.</summary>
    public void ErrorOfDocument(string code, string message) => _found.Add((0, new PolicyDiagnostic(code, message, source, 0, 0, string.Empty)));

    /// <summary>Everything found, in the order of the document.</summary>
    public IReadOnlyList<PolicyDiagnostic> ToList() => [.. _found.OrderBy(static found => found.Offset).Select(static found => found.Diagnostic)];

    private void Add(string code, int offset, DocumentNode? node, string? member, string message)
    {
        if (IsFull)
        {
            return;
        }

        (int line, int column) = _lines?.Locate(offset) ?? (0, 0);
        string pointer = node?.Pointer ?? string.Empty;
        _found.Add((offset, new PolicyDiagnostic(code, message, source, line, column, member is null ? pointer : $"{pointer}/{JsonPointer.Escape(member)}")));
    }
}

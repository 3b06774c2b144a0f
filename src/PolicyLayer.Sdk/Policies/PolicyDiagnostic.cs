namespace PolicyLayer.Sdk;

/// <summary>One thing to be said of a policy document: a stable code, where, and what would be right.</summary>
public sealed class PolicyDiagnostic
{
    /// <summary>Describes a finding.</summary>
    /// <param name="code">A code that never changes its meaning.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="message">What is wrong and what would be right: lower case, the document's words in backticks.</param>
    /// <param name="source">The file, or the name given to a text.</param>
    /// <param name="line">The line, from 1; 0 when the document as a whole is meant.</param>
    /// <param name="column">The column in characters, from 1; 0 when the document as a whole is meant.</param>
    /// <param name="pointer">The place as a JSON pointer; empty for the document as a whole.</param>
    public PolicyDiagnostic(string code, PolicySeverity severity, string message, string source, int line, int column, string pointer)
    {
        Code = code;
        Severity = severity;
        Message = message;
        Source = source;
        Line = line;
        Column = column;
        Pointer = pointer;
    }

    /// <summary>A code that never changes its meaning, such as <c>PL1006</c>.</summary>
    public string Code { get; }

    /// <summary>How much it matters.</summary>
    public PolicySeverity Severity { get; }

    /// <summary>What is wrong and what would be right: lower case, the document's words in backticks.</summary>
    public string Message { get; }

    /// <summary>The file, or the name given to a text.</summary>
    public string Source { get; }

    /// <summary>The line, from 1; 0 when the document as a whole is meant.</summary>
    public int Line { get; }

    /// <summary>The column in characters, from 1; 0 when the document as a whole is meant.</summary>
    public int Column { get; }

    /// <summary>The place as a JSON pointer (RFC 6901); empty for the document as a whole.</summary>
    public string Pointer { get; }

    /// <summary>As compilers print it: <c>policy.json(3,5): error PL1006: unknown member …</c></summary>
    public override string ToString() =>
        Line == 0 ? $"{Source}: {Word} {Code}: {Message}" : $"{Source}({Line},{Column}): {Word} {Code}: {Message}";

    private string Word => Severity switch
    {
        PolicySeverity.Error => "error",
        PolicySeverity.Warning => "warning",
        _ => "note",
    };
}

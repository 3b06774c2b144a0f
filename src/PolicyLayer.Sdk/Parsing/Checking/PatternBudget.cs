using System.Globalization;
using PolicyLayer.Sdk.Compilation.Operators;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Bounds what all patterns of one document take together: a few characters such as <c>(a{70}){70}</c> stand for thousands of positions.</summary>
/// <param name="documentBytes">How large the document is.</param>
/// <param name="diagnostics">Receives the error, once.</param>
internal sealed class PatternBudget(int documentBytes, DiagnosticBag diagnostics)
{
    private const long Always = 100_000;

    private readonly long _most = Always + documentBytes;
    private long _spent;

    /// <summary>Whether there are more patterns than are worth making.</summary>
    public bool IsSpent => _spent > _most;

    /// <summary>Counts an operator's patterns.</summary>
    public void Spend(Operator made, DocumentNode node) => Spend(made.Size, node);

    /// <summary>Counts the patterns of something that has so many positions.</summary>
    public void Spend(int size, DocumentNode node)
    {
        bool wasSpent = IsSpent;
        _spent += size;
        if (IsSpent && !wasSpent)
        {
            diagnostics.Error(DiagnosticCodes.TooMany, node, string.Create(CultureInfo.InvariantCulture, $"the patterns of this document have more than {_most} positions together; write smaller counts than in `{{1000}}`, or fewer patterns"));
        }
    }
}

using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Linting.Names;
using PolicyLayer.Sdk.Linting.Places;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds amounts that are held from above alone, so that one below zero passes. What is said is tried on the rules themselves.</summary>
/// <param name="barriers">What the entry says.</param>
/// <param name="diagnostics">Receives the warnings.</param>
internal sealed class LeastLints(Barriers barriers, DiagnosticBag diagnostics)
{
    /// <summary>So many paths of one entry are tried, for each is tried on all rules of the entry.</summary>
    private const int MostTried = 100;

    private const string Negative = "-1000000000000000";

    private static readonly JsonElement Tried = JsonElement.Parse(Negative);

    /// <summary>The paths that were tried; each once, for the answer is the same.</summary>
    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);

    /// <param name="condition">A condition on one argument.</param>
    /// <param name="truthPasses">Whether its truth lets the call pass.</param>
    public void Lint(ConditionDemand condition, bool truthPasses)
    {
        if ((truthPasses ? condition.Most : condition.Least) is { } bound)
        {
            Lint(condition.Path, bound, condition.Node);
        }
    }

    /// <summary>Lints the bounds of a schema's own members.</summary>
    public void Lint(DocumentNode entry)
    {
        foreach (DocumentNode member in entry.Find("arguments") is { Kind: JsonValueKind.Object } schema && schema.Find("properties") is { Kind: JsonValueKind.Object } properties ? properties.Children : [])
        {
            if (member.Kind == JsonValueKind.Object && (member.Find("maximum") ?? member.Find("exclusiveMaximum")) is { Kind: JsonValueKind.Number } most)
            {
                Lint(new ValuePath($"args.{member.Name}", PathRoot.Arguments, [new PathSegment(member.Name!, isEvery: false)]), new Bound(most.Text!, true), most);
            }
        }
    }

    private void Lint(ValuePath path, Bound most, DocumentNode place)
    {
        // Who bounds below zero means such amounts.
        if (path.Root == PathRoot.Arguments && path.Segments.LastOrDefault(static segment => !segment.IsEvery)?.Name is { } name && IsAmount(name)
            && most.Number[0] != '-' && _tried.Count < MostTried && _tried.Add(Conjunction.KeyOf(path)) && barriers.LetPass(path, Tried) && !barriers.Ask(path, Tried))
        {
            diagnostics.Warning(DiagnosticCodes.NoLeast, place, $"nothing says how small `{path.Text}` may be, so `{Negative}` passes; write in `require` what it must be above, or a `minimum` in `arguments`");
        }
    }

    /// <summary>Whether a name is that of a sum of money or a number of things: <c>refundAmount</c>, <c>amount_usd</c>, <c>unit_price</c>.</summary>
    private static bool IsAmount(string name) =>
        Words.Of(name).Contains("amount", StringComparer.Ordinal) || Words.Of(name).LastOrDefault() is "cents" or "price" or "total" or "cost" or "fee" or "quantity" or "qty";
}

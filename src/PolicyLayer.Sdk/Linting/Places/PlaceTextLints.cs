using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>Finds conditions that compare the text of a place (a URL, a host, a folder) where the place is meant. What is said comes with a text that proves it, tried on the rules themselves.</summary>
/// <param name="kind">The rule that the conditions stand in.</param>
/// <param name="barriers">What else the entry says.</param>
/// <param name="diagnostics">Receives the warnings.</param>
internal sealed class PlaceTextLints(RuleKind kind, Barriers barriers, DiagnosticBag diagnostics)
{
    /// <summary>So many conditions of one entry are tried, for each is tried on all rules of the entry.</summary>
    private const int MostTried = 100;

    private const int LongestText = 200;

    private int _tried;

    /// <param name="condition">A condition on one argument.</param>
    /// <param name="truthPasses">Whether its truth lets the call pass.</param>
    public void Lint(ConditionDemand condition, bool truthPasses)
    {
        if (condition.Path.Root != PathRoot.Arguments || condition.Path.Segments.LastOrDefault(static segment => !segment.IsEvery)?.Name is not { } name)
        {
            return;
        }

        // Of `urls.*` each element is one of them.
        PlaceKind place = PlaceKinds.Of(condition.Path.Segments[^1].IsEvery ? name.TrimEnd('s') : name);
        foreach (string text in Texts(condition))
        {
            if (text.Length is 0 or > LongestText || Find(condition, place, text, truthPasses) is not { } found)
            {
                continue;
            }

            string passes = truthPasses || kind != RuleKind.RequireApproval ? "passes" : "is not asked about";
            diagnostics.Warning(DiagnosticCodes.TextOfPlace, condition.Node.Find("value")!, $"`{condition.Operator}` compares texts, so `{found}` {passes}{(truthPasses ? " too" : "")}; {Advice(place, condition.Operator, text, found, truthPasses)}");
            return;
        }
    }

    private static IEnumerable<string> Texts(ConditionDemand condition) => condition.Node.Find("value") switch
    {
        { Kind: JsonValueKind.String } one => [one.Text!],
        { Kind: JsonValueKind.Array } list when condition.Operator is "glob" or "in" => list.Children.Where(static one => one.Kind == JsonValueKind.String).Select(static one => one.Text!),
        _ => [],
    };

    private string? Find(ConditionDemand condition, PlaceKind place, string text, bool truthPasses)
    {
        string op = condition.Operator;
        string? otherDot = null;
        if (op == "regex")
        {
            if (!truthPasses || RegexAnchors.Problem(text) is not null || RegexShape.ToGlob(text, out otherDot) is not { } glob)
            {
                return null;
            }

            (op, text) = ("glob", glob);
        }

        IEnumerable<string> candidates = truthPasses ? Detours.Of(place, op, text).Where(one => place is PlaceKind.File or PlaceKind.Mail or PlaceKind.Receiver || PlaceText.LeadsAway(one)) : Spellings.Of(place, op, text);
        if (otherDot is not null)
        {
            candidates = candidates.Append(otherDot);
        }

        ConditionOutcome wanted = Kleene.From(truthPasses);
        foreach (string one in candidates)
        {
            if (condition.Judge(new PathValue(one)) == wanted && _tried++ < MostTried && barriers.LetPass(condition.Path, JsonElement.Parse($"\"{JsonEncodedText.Encode(one)}\"")))
            {
                return one;
            }
        }

        return null;
    }

    private static string Advice(PlaceKind place, string op, string text, string found, bool truthPasses) =>
        place == PlaceKind.Mail ? "write `@` before the name, and `ends_with`"
        : place == PlaceKind.Receiver ? "write a `regex` of one whole address, such as `^[a-z0-9._-]+@example\\.com$`"
        : op == "glob" && !truthPasses && place == PlaceKind.File && text[0] != '/' ? "write `**`, for `*` stops at `/`"
        : found.StartsWith("HTTP", StringComparison.Ordinal) && text.EndsWith("://", StringComparison.Ordinal) ? "write `\"ignore_case\": true` beside it"
        : (place == PlaceKind.File ? "`path_in`" : "`host_in`") is var better && truthPasses ? $"{better} compares what it means"
        : $"say in `require`, by {better}, where a call may go";
}

using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Parsing.Limits;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Checks the lists <c>require</c>, <c>deny_if</c> and <c>require_approval</c> of one entry.</summary>
internal sealed class RuleChecker(PolicyBounds bounds, PatternBudget patterns, PathPool paths, DiagnosticBag diagnostics)
{
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromMinutes(15);

    private readonly ConditionChecker _conditions = new(bounds.MaxConditions, patterns, paths, diagnostics);

    /// <summary>Checks <c>require</c> or <c>deny_if</c>.</summary>
    /// <param name="list">The list; null where there is none.</param>
    /// <param name="truthPasses">Whether a rule that is true lets the call pass: <c>require</c>.</param>
    public CompiledRule[] Check(DocumentNode? list, bool truthPasses) => CheckList(list, Members.OfRule, "on_deny", truthPasses, static (reference, conditions, _) => new CompiledRule(reference, conditions));

    /// <summary>Checks <c>require_approval</c>.</summary>
    public CompiledApprovalRule[] CheckApprovals(DocumentNode? list) => list is null ? [] : CheckList(list, Members.OfApprovalRule, "reason", truthPasses: false, ApprovalRule);

    /// <summary>What <c>action: require_approval</c> stands for.</summary>
    public static CompiledApprovalRule AlwaysAsk(RuleReference action) => new(new CompiledRule(action, new AllCondition([])), DefaultExpiry);

    private TRule[] CheckList<TRule>(DocumentNode? list, string[] members, string text, bool truthPasses, Func<RuleReference, Condition, DocumentNode, TRule> make)
    {
        if (list is null)
        {
            return [];
        }

        HashSet<string>? names = null;
        DocumentNode[] elements = list.Elements(diagnostics);
        var rules = new TRule[elements.Length];
        int count = 0;
        string pointer = elements.Length == 0 ? string.Empty : list.Pointer;
        for (int index = 0; index < elements.Length; index++)
        {
            DocumentNode node = elements[index];
            if (!node.Is(JsonValueKind.Object, diagnostics))
            {
                continue;
            }

            node.OnlyMembers(diagnostics, members);
            string? name = node.Find("name").NonEmptyText(diagnostics);
            if (name is not null && !(names ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
            {
                diagnostics.Error(DiagnosticCodes.DuplicateName, node.Find("name")!, $"two rules of this list are named `{name}`");
            }

            string? said = node.Find(text).NonEmptyText(diagnostics);
            DocumentNode? conditions = node.Required("conditions", diagnostics, "\"conditions\": [{ \"path\": \"args.amount\", \"op\": \"gt\", \"value\": 100 }]");
            var reference = new RuleReference(pointer, name ?? DefaultName(conditions, index), said);
            rules[count++] = make(reference, _conditions.CheckAll(conditions, truthPasses), node);
        }

        return count == rules.Length ? rules : rules[..count];
    }

    /// <summary>With one plain condition its path and operator, else the rule's index.</summary>
    private static string DefaultName(DocumentNode? conditions, int index) =>
        conditions is { Children: [{ } only] } && only.Find("path")?.Text is { } path && only.Find("op")?.Text is { } op
            ? $"{path}-{op}"
            : index.ToString(CultureInfo.InvariantCulture);

    private CompiledApprovalRule ApprovalRule(RuleReference reference, Condition condition, DocumentNode node) =>
        new(new CompiledRule(reference, condition), Expiry(node.Find("expires")));

    private TimeSpan Expiry(DocumentNode? node) =>
        node is null ? DefaultExpiry : WindowReader.ReadSpan(node, diagnostics) ?? DefaultExpiry;
}

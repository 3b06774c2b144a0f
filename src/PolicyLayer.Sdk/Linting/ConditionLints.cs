using System.Security.Claims;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Linting.Places;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Lints of single conditions.</summary>
/// <param name="kind">The rule that they stand in.</param>
/// <param name="required">What cannot be left out.</param>
/// <param name="places">Lints of places.</param>
/// <param name="texts">Lints of places that are compared as texts.</param>
/// <param name="least">Lints of amounts.</param>
/// <param name="diagnostics">Receives the warnings.</param>
internal sealed class ConditionLints(RuleKind kind, RequiredArguments required, PlaceLints places, PlaceTextLints texts, LeastLints least, DiagnosticBag diagnostics)
{
    /// <param name="list">Conditions.</param>
    /// <param name="truthPasses">Whether truth lets the call pass.</param>
    public void Lint(DocumentNode list, bool truthPasses)
    {
        foreach (DocumentNode condition in list.Children)
        {
            Lint(condition, list, truthPasses);
        }
    }

    private void Lint(DocumentNode condition, DocumentNode around, bool truthPasses)
    {
        if ((condition.Find("any") ?? condition.Find("all")) is { } group)
        {
            if (group.Name == "any" && group.Children.Length == 0)
            {
                diagnostics.Warning(DiagnosticCodes.NoEffect, group, "an empty `any` is never true");
            }

            Lint(group, truthPasses);
        }
        else if (condition.Find("not") is { } inner)
        {
            Lint(inner, inner, !truthPasses);
        }
        else
        {
            LintEmptyList(condition);
            LintPlain(condition, around, truthPasses);
        }
    }

    private void LintEmptyList(DocumentNode condition)
    {
        string op = condition.Find("op")!.Text!;
        if (condition.Find("value") is not { Kind: JsonValueKind.Array, Children.Length: 0 } value)
        {
            return;
        }

        if (op is "in" or "path_in" or "host_in" or "ip_in" or "glob")
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, value, $"nothing is `{op}` an empty list, so this is never true");
        }
        else if (op == "not_in")
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, value, "`not_in` an empty list compares with no type, so this is unknown of every value and never true");
        }
    }

    private void LintPlain(DocumentNode condition, DocumentNode around, bool truthPasses)
    {
        if (!PathParser.TryParse(condition.Find("path")!.Text!, out ValuePath? read, out _))
        {
            return;
        }

        var demand = new ConditionDemand(condition, read);
        texts.Lint(demand, truthPasses);
        least.Lint(demand, truthPasses);
        if (truthPasses)
        {
            LintPass(condition, read);
        }
        else
        {
            LintStop(condition, read, around);
        }
    }

    /// <summary>Lints a condition whose truth lets the call pass.</summary>
    private void LintPass(DocumentNode condition, ValuePath read)
    {
        string op = condition.Find("op")!.Text!;
        DocumentNode path = condition.Find("path")!;
        if (op == "regex" && condition.Find("value") is { } value && RegexAnchors.Problem(value.Text!) is { } problem)
        {
            diagnostics.Warning(DiagnosticCodes.UnanchoredRegex, value, $"`{value.Text}` {problem}");
        }

        if (op == "contains" && read.Root == PathRoot.UserClaims && read.Segments[0].Name is not (ClaimTypes.Role or "role" or "roles" or "groups"))
        {
            diagnostics.Warning(DiagnosticCodes.PartOfClaim, path, $"`{path.Text}` of a user who has one is a text, of which `contains` finds any part; write `eq`, or a `regex` for a text of several words");
        }
    }

    /// <summary>Lints a condition whose truth stops the call.</summary>
    private void LintStop(DocumentNode condition, ValuePath read, DocumentNode around)
    {
        string op = condition.Find("op")!.Text!;
        DocumentNode path = condition.Find("path")!;
        if (PlaceLints.IsPlace(op))
        {
            places.Lint(new ConditionDemand(condition, read), kind);
        }
        else if (op != OperatorFactory.Exists && required.CanBeLeftOut(read) && !IsGuarded(around, Conjunction.KeyOf(read)))
        {
            diagnostics.Warning(DiagnosticCodes.CanBeLeftOut, path, $"a call that leaves `{path.Text}` out {WhatThen()}, or list the argument under `required` in `arguments`");
        }
    }

    private string WhatThen() => kind switch
    {
        RuleKind.Require => "passes this `not`; ask for it beside it by `exists`",
        RuleKind.DenyIf => "passes this rule; write it as a `require`",
        _ => "is not asked about; ask for it in `require` by `exists`",
    };

    /// <summary>Whether an <c>exists</c> beside the condition shows that its author knows.</summary>
    private static bool IsGuarded(DocumentNode around, string key) =>
        Array.Exists(around.Children, other => other.Find("op")?.Text == OperatorFactory.Exists && PathParser.TryParse(other.Find("path")!.Text!, out ValuePath? path, out _) && Conjunction.KeyOf(path) == key);
}

using System.Text.Json;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Lints of conditions.</summary>
internal static class ConditionLints
{
    private static readonly string[] Places = ["path_in", "host_in", "ip_in"];

    /// <param name="list">Conditions.</param>
    /// <param name="truthPasses">Whether truth lets the call pass.</param>
    /// <param name="required">What cannot be left out.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Lint(DocumentNode list, bool truthPasses, RequiredArguments required, DiagnosticBag diagnostics)
    {
        foreach (DocumentNode condition in list.Children)
        {
            Lint(condition, list, truthPasses, required, diagnostics);
        }
    }

    private static void Lint(DocumentNode condition, DocumentNode around, bool truthPasses, RequiredArguments required, DiagnosticBag diagnostics)
    {
        if ((condition.Find("any") ?? condition.Find("all")) is { } group)
        {
            if (group.Name == "any" && group.Children.Length == 0)
            {
                diagnostics.Warning(DiagnosticCodes.NoEffect, group, "an empty `any` is never true");
            }

            Lint(group, truthPasses, required, diagnostics);
            return;
        }

        if (condition.Find("not") is { } inner)
        {
            Lint(inner, inner, !truthPasses, required, diagnostics);
            return;
        }

        string op = condition.Find("op")!.Text!;
        DocumentNode path = condition.Find("path")!;
        DocumentNode? value = condition.Find("value");
        if (op is "in" or "path_in" or "host_in" or "ip_in" or "glob" && value is { Kind: JsonValueKind.Array, Children.Length: 0 })
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, value, $"nothing is `{op}` an empty list, so this is never true");
        }

        if (truthPasses)
        {
            if (op == "regex" && value?.Text is { } pattern && !IsAnchored(pattern))
            {
                diagnostics.Warning(DiagnosticCodes.UnanchoredRegex, value, $"`{pattern}` may match anywhere in the text; write `^` and `$` around it, in brackets where it has alternatives");
            }

            return;
        }

        if (Places.Contains(op, StringComparer.Ordinal))
        {
            diagnostics.Warning(DiagnosticCodes.UnreadablePasses, path, $"`{op}` is false for what it cannot read, which passes here; say in `require` where a call may go, or where it may not with `not`");
        }
        else if (op != "exists" && required.CanBeLeftOut(path.Text!) && !IsGuarded(around, path.Text!))
        {
            diagnostics.Warning(DiagnosticCodes.CanBeLeftOut, path, $"a call that leaves `{path.Text}` out passes this rule; write it as a `require`, or list the argument under `required` in `arguments`");
        }
    }

    /// <summary>Whether an <c>exists</c> beside the condition shows that its author knows.</summary>
    private static bool IsGuarded(DocumentNode around, string path) =>
        Array.Exists(around.Children, other => other.Find("op")?.Text == "exists" && other.Find("path")?.Text == path);

    private static bool IsAnchored(string pattern)
    {
        string rest = pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.IndexOf(')', StringComparison.Ordinal) is var end and > 0 && pattern[2..end].All(static c => c is 'i' or 's') ? pattern[(end + 1)..] : pattern;
        bool starts = rest.StartsWith('^') || rest.StartsWith(@"\A", StringComparison.Ordinal);
        bool ends = (rest.EndsWith('$') && !rest.EndsWith(@"\$", StringComparison.Ordinal)) || rest.EndsWith(@"\z", StringComparison.Ordinal);
        return starts && ends && !HasOuterAlternative(rest);
    }

    /// <summary>Whether a <c>|</c> stands outside all brackets: there the anchors belong to one side only.</summary>
    private static bool HasOuterAlternative(string pattern)
    {
        int depth = 0;
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    depth++;
                    break;
                case ')' when !inClass:
                    depth--;
                    break;
                case '|' when !inClass && depth == 0:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}

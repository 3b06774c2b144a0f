using System.Diagnostics.CodeAnalysis;
using PolicyLayer.Sdk.Parsing;
using JsonPointer = PolicyLayer.Schemas.Text.JsonPointer;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>Reads paths (policy format, section 3).</summary>
internal static class PathParser
{
    private const int MaxSegments = 64;

    private static readonly string[] RootNames = ["args", "grant", "user", "session", "tool", "context", "time"];

    /// <summary>Reads a path, or says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ValuePath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        if (text.StartsWith('/'))
        {
            return TryParsePointer(text, out path, out error);
        }

        string[] parts = text.Split('.');
        error = parts.Length > MaxSegments ? $"a path has at most {MaxSegments} parts"
            : parts.Any(static part => part.Length == 0) ? $"`{text}` has an empty part between its dots"
            : StarProblem(text, parts);
        if (error is not null)
        {
            return false;
        }

        path = (parts[0], parts.ElementAtOrDefault(1), parts.Length) switch
        {
            ("args", _, > 1) => Below(text, PathRoot.Arguments, parts, 1),
            ("context", _, > 1) => Below(text, PathRoot.Context, parts, 1),
            ("grant", "id", 2) => new ValuePath(text, PathRoot.GrantId, []),
            ("grant", "label", 2) => new ValuePath(text, PathRoot.GrantLabel, []),
            ("grant", "attributes", > 2) => Below(text, PathRoot.GrantAttributes, parts, 2),
            ("user", "id", 2) => new ValuePath(text, PathRoot.UserId, []),

            // The type of a claim is often an address, so all that follows is one name.
            ("user", "claims", > 2) => new ValuePath(text, PathRoot.UserClaims, [new PathSegment(text["user.claims.".Length..], isEvery: false)]),
            ("session", "id", 2) => new ValuePath(text, PathRoot.SessionId, []),
            ("tool", "name", 2) => new ValuePath(text, PathRoot.ToolName, []),
            ("tool", "annotations", > 2) => Below(text, PathRoot.ToolAnnotations, parts, 2),
            ("time", "utc", 2) => new ValuePath(text, PathRoot.TimeUtc, []),
            ("time", "hour", 2) => new ValuePath(text, PathRoot.TimeHour, []),
            ("time", "weekday", 2) => new ValuePath(text, PathRoot.TimeWeekday, []),
            _ => null,
        };
        error = path is null ? Problem(text, parts[0]) : null;
        return path is not null;
    }

    /// <summary>A path whose star means only itself would lead nowhere, and a condition on it never be true.</summary>
    private static string? StarProblem(string text, string[] parts) =>
        parts is ["user", "claims", _, ..]
            ? parts.Contains("*") ? $"in `{text}` a `*` stands for no claim, for what follows `user.claims.` is one type; of a claim with several values `contains` finds one" : null
        : parts.Any(static part => part.Length > 1 && part.Contains('*', StringComparison.Ordinal))
            ? $"in `{text}` a `*` stands for a whole part, as in `args.items.*.id`; an argument with `*` in its name is written as a JSON pointer, such as `/a*`"
        : null;

    private static bool TryParsePointer(string text, [NotNullWhen(true)] out ValuePath? path, [NotNullWhen(false)] out string? error)
    {
        string[] tokens = text[1..].Split('/');
        path = null;
        error = tokens.Length > MaxSegments ? $"a path has at most {MaxSegments} parts"
            : tokens.Any(static token => token.Replace("~0", string.Empty, StringComparison.Ordinal).Replace("~1", string.Empty, StringComparison.Ordinal).Contains('~'))
                ? $"`{text}` is no JSON pointer: write `~0` for `~` and `~1` for `/` within a key"
            : null;
        if (error is null)
        {
            path = new ValuePath(text, PathRoot.Arguments, [.. tokens.Select(static token => new PathSegment(JsonPointer.Unescape(token), isEvery: false))]);
        }

        return path is not null;
    }

    private static ValuePath Below(string text, PathRoot root, string[] parts, int skip) =>
        new(text, root, [.. parts.Skip(skip).Select(static part => new PathSegment(part, part == "*"))]);

    private static string Problem(string text, string root) => root switch
    {
        "args" or "context" => $"`{text}` names no value; write `{root}.` and a name",
        "grant" => $"`{text}` is not a path; of a grant there are `grant.id`, `grant.label` and `grant.attributes.` with a name",
        "user" => $"`{text}` is not a path; of a user there are `user.id` and `user.claims.` with a type",
        "session" => $"`{text}` is not a path; of a session there is `session.id`",
        "tool" => $"`{text}` is not a path; of a tool there are `tool.name` and `tool.annotations.` with a hint",
        "time" => $"`{text}` is not a path; of the time there are `time.utc`, `time.hour` and `time.weekday`",
        _ => NearestName.Find(root, RootNames) is { } near
            ? $"`{text}` is not a path: did you mean `{near}` as its beginning?"
            : $"`{text}` is not a path; a path begins with `args.`, such as `args.amount`, or with one of {string.Join(", ", RootNames.Skip(1).Select(static name => $"`{name}.`"))}",
    };
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Parsing.Limits;

/// <summary>Reads the members of a limit.</summary>
internal sealed class LimitValues(PathPool paths, DiagnosticBag diagnostics)
{
    private static readonly string[] ScopeWords = ["grant", "session", "user", "global"];

    /// <summary>A maximum, or a constant amount.</summary>
    public decimal? Amount(DocumentNode? node)
    {
        if (node is null || !node.Is(JsonValueKind.Number, diagnostics))
        {
            return null;
        }

        if (ExactAmount.TryRead(Encoding.UTF8.GetBytes(node.Text!), out decimal amount))
        {
            return amount;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`{node.Name}` must be a number from 0 to 10^18 with at most 6 digits after the point, not `{node.Text}`");
        return null;
    }

    /// <summary>What one call adds.</summary>
    public LimitAmount? AmountOfCall(DocumentNode? node)
    {
        if (node is null)
        {
            return LimitAmount.One;
        }

        if (node.Kind == JsonValueKind.String)
        {
            return SinglePath(node, node.Text!) is { } path ? LimitAmount.At(path) : null;
        }

        return Amount(node) is { } constant ? LimitAmount.Of(constant) : null;
    }

    /// <summary>How many calls may run at once.</summary>
    public decimal? Concurrent(DocumentNode node)
    {
        if (!node.Is(JsonValueKind.Number, diagnostics))
        {
            return null;
        }

        if (ExactAmount.TryRead(Encoding.UTF8.GetBytes(node.Text!), out decimal most) && most <= LimitBounds.MostConcurrent && decimal.Truncate(most) == most)
        {
            return most;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`concurrent` must be a whole number from 0 to 1000000, not `{node.Text}`");
        return null;
    }

    /// <summary>What a token bucket holds; of other limits, their maximum.</summary>
    public decimal? Burst(DocumentNode limit, LimitAlgorithm algorithm, decimal? max)
    {
        DocumentNode? node = limit.Find("burst");
        if (node is not null && algorithm != LimitAlgorithm.TokenBucket)
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, node, "only a token bucket has a `burst`; write `\"algorithm\": \"token_bucket\"` beside it");
            return null;
        }

        decimal? burst = node is null ? max : Amount(node);
        if (algorithm == LimitAlgorithm.TokenBucket && (burst > LimitBounds.LargestBucket || max > LimitBounds.LargestBucket))
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, burst > LimitBounds.LargestBucket && node is not null ? node : limit.Find("max")!, string.Create(CultureInfo.InvariantCulture, $"a token bucket holds and refills at most {LimitBounds.LargestBucket:0}"));
            return null;
        }

        return burst;
    }

    /// <summary>What is counted apart.</summary>
    public LimitScope? Scope(DocumentNode? node)
    {
        if (node is null)
        {
            return LimitScope.Grant;
        }

        if (node.Kind != JsonValueKind.Array)
        {
            return node.OneOf(diagnostics, ScopeWords) switch
            {
                "grant" => LimitScope.Grant,
                "global" => new LimitScope("global", []),
                { } word => new LimitScope(word, [PathOf(word)!]),
                null => null,
            };
        }

        var parts = new List<ValuePath>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DocumentNode part in node.Children)
        {
            if (!part.Is(JsonValueKind.String, diagnostics))
            {
                return null;
            }

            if (!seen.Add(part.Text!))
            {
                diagnostics.Error(DiagnosticCodes.InvalidValue, part, $"`{part.Text}` stands twice in `scope`; keep one");
                return null;
            }

            ValuePath? path = PathOf(part.Text!) ?? (part.Text == "global" ? null : SinglePath(part, part.Text!));
            if (path is null && part.Text == "global")
            {
                diagnostics.Error(DiagnosticCodes.InvalidValue, part, "`global` counts all calls together, so it stands alone: `\"scope\": \"global\"`");
            }

            if (path is null)
            {
                return null;
            }

            parts.Add(path);
        }

        if (parts.Count > 0)
        {
            return new LimitScope(string.Join(", ", node.Children.Select(static part => part.Text)), [.. parts]);
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, "`scope` must not be an empty list; write `\"grant\"`, or `\"global\"` to count all calls together");
        return null;
    }

    private static ValuePath? PathOf(string word) => word switch
    {
        "grant" => new ValuePath("grant.id", PathRoot.GrantId, []),
        "session" => new ValuePath("session.id", PathRoot.SessionId, []),
        "user" => new ValuePath("user.id", PathRoot.UserId, []),
        _ => null,
    };

    private ValuePath? SinglePath(DocumentNode node, string text)
    {
        if (!paths.TryGet(text, out ValuePath? path, out string? error))
        {
            string hint = node.Parent?.Name == "scope" && !text.Contains('.', StringComparison.Ordinal) ? $"; a scope is {string.Join(", ", ScopeWords.Select(static word => $"`{word}`"))} or a path" : string.Empty;
            diagnostics.Error(DiagnosticCodes.InvalidPath, node, error + hint);
            return null;
        }

        if (path.HasEvery)
        {
            diagnostics.Error(DiagnosticCodes.InvalidPath, node, $"`{text}` must lead to one value, so there can be no `*` in it");
            return null;
        }

        return path;
    }
}

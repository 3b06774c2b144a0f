namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>Other texts for a place that a comparison names, to get past a rule that refuses it; each is tried before anything is said of it.</summary>
internal static class Spellings
{
    /// <param name="kind">What the argument leads to, as far as its name says.</param>
    /// <param name="op">The operator.</param>
    /// <param name="text">Its operand.</param>
    public static IEnumerable<string> Of(PlaceKind kind, string op, string text)
    {
        if (kind == PlaceKind.File)
        {
            return op switch
            {
                "starts_with" or "eq" or "in" when text[0] == '/' && text.Length > 1 => ["/." + text],
                "glob" when text[0] == '/' && text.AsSpan(1).ContainsAnyExcept("*/?") => ["/." + Detours.Filled(text)],
                "glob" when text[0] == '*' && text is not ['*', '*', ..] && !text.Contains('/', StringComparison.Ordinal) && text.AsSpan().ContainsAnyExcept("*?") => ["x/" + Detours.Filled(text)],
                _ => [],
            };
        }

        if (op is not ("starts_with" or "ends_with" or "contains" or "eq" or "in" or "glob"))
        {
            return [];
        }

        if (PlaceText.TryFindAuthority(text, out int start, out int end))
        {
            string host = text[start..end];
            return host.Length == 0 ? [text.ToUpperInvariant() + Detours.Elsewhere + "/"]
                : PlaceText.IsHost(host) ? [text[..start] + PlaceText.OtherSpelling(host) + Detours.Filled(text[end..])]
                : [];
        }

        string bare = text.Trim('.');
        return !PlaceText.IsHost(bare) ? []
            : kind == PlaceKind.Url ? [$"https://{PlaceText.OtherSpelling(bare)}/"]
            : kind == PlaceKind.Host ? [PlaceText.OtherSpelling(bare)]
            : [];
    }
}

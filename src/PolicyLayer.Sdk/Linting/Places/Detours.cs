namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>Texts that a comparison takes for what was meant, though they lead to another place; each is tried before anything is said of it.</summary>
internal static class Detours
{
    /// <summary>A host that nobody has (RFC 2606).</summary>
    public const string Elsewhere = "evil.test";

    /// <param name="kind">What the argument leads to, as far as its name says.</param>
    /// <param name="op">The operator.</param>
    /// <param name="text">Its operand; of <c>regex</c>, as a glob.</param>
    public static IEnumerable<string> Of(PlaceKind kind, string op, string text)
    {
        if (op is "starts_with" or "glob" && kind is PlaceKind.File && text.Length > 1 && text[0] == '/')
        {
            return op == "glob" ? ClimbingOut(text) : BesideFolder(text);
        }

        bool isUrl = PlaceText.TryFindAuthority(text, out int start, out int end);
        return op switch
        {
            "glob" when isUrl => WithinHost(text, start, end),
            "starts_with" when isUrl && end == text.Length && end > start => [text + (text.IndexOf(':', start) >= 0 ? "@" : text.EndsWith('.') ? "" : ".") + Elsewhere + "/"],
            "contains" when isUrl && end > start => [$"https://{Elsewhere}/?{text}"],
            "contains" or "ends_with" when kind == PlaceKind.Url && PlaceText.IsHost(text.AsSpan().Trim("./")) => [$"https://{Elsewhere}/{(op == "contains" ? "?" : "")}{text}"],
            "contains" or "starts_with" when kind == PlaceKind.Host && PlaceText.IsHost(text.AsSpan().Trim('.')) => [$"{(op == "contains" ? "x." : "")}{text.Trim('.')}.{Elsewhere}"],
            "ends_with" when kind == PlaceKind.Host && PlaceText.IsHost(text) => ["evil" + text],
            "ends_with" when kind is PlaceKind.Mail or PlaceKind.Receiver && PlaceText.IsHost(text) => ["x@evil" + text],
            "ends_with" or "glob" when kind == PlaceKind.Receiver && text.TrimStart('*') is ['@', .. var host] && PlaceText.IsHost(host) => [$"x@{Elsewhere},x@{host}"],
            "contains" when kind is PlaceKind.Mail or PlaceKind.Receiver && PlaceText.IsHost(text.AsSpan().TrimStart('@')) => [$"x@{text.TrimStart('@')}.{Elsewhere}"],
            _ => [],
        };
    }

    /// <summary>A text that a glob matches, with one of its stars standing for something.</summary>
    public static string Filled(string glob) => glob.Replace("**", "x", StringComparison.Ordinal).Replace('*', 'x').Replace('?', 'x');

    private static IEnumerable<string> BesideFolder(string folder)
    {
        if (char.IsLetterOrDigit(folder[^1]))
        {
            yield return folder + "-other/x";
        }

        yield return $"{folder.TrimEnd('/')}/{Up(folder)}other/x";
    }

    private static IEnumerable<string> ClimbingOut(string glob)
    {
        int stars = glob.IndexOf("**", StringComparison.Ordinal);
        return stars < 0 ? [] : [$"{Filled(glob[..stars])}{(glob[stars - 1] == '/' ? "" : "/")}{Up(glob[..stars])}other/x{Filled(glob[(stars + 2)..])}"];
    }

    /// <summary>As many steps up as a folder is deep.</summary>
    private static string Up(string folder) => string.Concat(folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(static _ => "../"));

    /// <summary>A star within the name of a host stands for a whole other one, and for a <c>?</c> that ends it.</summary>
    private static IEnumerable<string> WithinHost(string glob, int start, int end)
    {
        string host = glob[start..end];
        int star = host.IndexOf('*', StringComparison.Ordinal);
        if (star < 0 || !host.Any(char.IsLetterOrDigit))
        {
            return [];
        }

        string scheme = glob.StartsWith("*:", StringComparison.Ordinal) ? "https://" : glob[..start];
        string before = host[..star];
        return [$"{scheme}{before}{(before.Length == 0 ? "" : before[^1] == '.' ? "" : ".")}{Elsewhere}?{Filled(host[star..].TrimStart('*') + glob[end..])}"];
    }
}

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Resolves URI references (RFC 3986, section 5.2). What comes out is only compared, character by character, and never fetched.</summary>
internal static class SchemaUri
{
    /// <summary>Bounds what identifiers inside each other can add up to.</summary>
    public const int MaxLength = 2048;

    /// <summary>Splits off the fragment; null when there is none.</summary>
    public static (string Uri, string? Fragment) Split(string reference)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? (reference, null) : (reference[..hash], reference[(hash + 1)..]);
    }

    /// <summary>The target of a reference without fragment.</summary>
    /// <param name="baseUri">Without fragment; empty when nothing gave one, so that a relative reference stays as it is.</param>
    /// <param name="reference">Without fragment.</param>
    public static string Resolve(string baseUri, string reference)
    {
        if (reference.Length == 0)
        {
            return baseUri;
        }

        Parts target = Parts.Of(reference);
        if (target.Scheme.Length > 0)
        {
            return (target with { Path = WithoutDots(target.Path) }).ToString();
        }

        Parts source = Parts.Of(baseUri);
        if (target.Authority.Length > 0)
        {
            return (target with { Scheme = source.Scheme, Path = WithoutDots(target.Path) }).ToString();
        }

        if (target.Path.Length == 0)
        {
            return (source with { Query = target.Query.Length > 0 ? target.Query : source.Query }).ToString();
        }

        string path = target.Path[0] == '/' ? target.Path : source.Directory + target.Path;
        return (source with { Path = WithoutDots(path), Query = target.Query }).ToString();
    }

    private static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.'))
        {
            return path;
        }

        var kept = new List<string>();
        string[] segments = path.Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            bool isLast = i == segments.Length - 1;
            switch (segments[i])
            {
                case "." or "..":
                    // The empty segment before a leading slash stays, so that the path remains absolute.
                    if (segments[i] == ".." && kept.Count > 0 && !(kept.Count == 1 && kept[0].Length == 0))
                    {
                        kept.RemoveAt(kept.Count - 1);
                    }

                    if (isLast)
                    {
                        kept.Add("");
                    }

                    break;
                default:
                    kept.Add(segments[i]);
                    break;
            }
        }

        return string.Join('/', kept);
    }

    /// <summary>A URI without fragment in its parts, each with its mark (<c>http:</c>, <c>//host</c>, <c>?query</c>), so that what is there but empty differs from what is missing.</summary>
    private readonly record struct Parts(string Scheme, string Authority, string Path, string Query)
    {
        /// <summary>The path up to its last slash (RFC 3986, section 5.2.3).</summary>
        public string Directory => Path.Length == 0 && Authority.Length > 0 ? "/" : Path[..(Path.LastIndexOf('/') + 1)];

        public static Parts Of(string uri)
        {
            int start = SchemeLength(uri);
            int question = uri.IndexOf('?', StringComparison.Ordinal);
            int end = question < 0 ? uri.Length : question;
            int path = start;
            if (uri.AsSpan(start).StartsWith("//"))
            {
                int slash = uri.IndexOf('/', start + 2);
                path = slash < 0 || slash > end ? end : slash;
            }

            return new Parts(uri[..start], uri[start..path], uri[path..end], uri[end..]);
        }

        public override string ToString() => Scheme + Authority + Path + Query;

        private static int SchemeLength(string uri)
        {
            for (int i = 0; i < uri.Length; i++)
            {
                if (uri[i] == ':')
                {
                    return i == 0 ? 0 : i + 1;
                }

                if (!char.IsAsciiLetterOrDigit(uri[i]) && (i == 0 || uri[i] is not ('+' or '-' or '.')))
                {
                    return 0;
                }
            }

            return 0;
        }
    }
}

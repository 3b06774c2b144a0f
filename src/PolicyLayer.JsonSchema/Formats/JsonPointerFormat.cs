namespace PolicyLayer.Schemas.Formats;

/// <summary><c>json-pointer</c> (RFC 6901, section 3), not in the form of a URI fragment.</summary>
internal static class JsonPointerFormat
{
    public static bool IsJsonPointer(ReadOnlySpan<char> text)
    {
        if (text is not ([] or ['/', ..]))
        {
            return false;
        }

        for (int tilde = text.IndexOf('~'); tilde >= 0; tilde = text.IndexOf('~'))
        {
            if (text[(tilde + 1)..] is not ['0' or '1', ..])
            {
                return false;
            }

            text = text[(tilde + 2)..];
        }

        return true;
    }
}

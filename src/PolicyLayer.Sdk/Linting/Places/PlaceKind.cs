namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>What an argument leads to, as far as its name says.</summary>
internal enum PlaceKind
{
    None,
    File,
    Url,
    Host,

    /// <summary>An address of mail.</summary>
    Mail,

    /// <summary>Who a message goes to: one address of mail, or several in one text.</summary>
    Receiver,
}

/// <summary>Reads names of arguments.</summary>
internal static class PlaceKinds
{
    /// <summary>What the last word of a name means: <c>baseUrl</c> is a URL, <c>file_path</c> a file.</summary>
    public static PlaceKind Of(string name)
    {
        int start = name.Length;
        while (start > 0 && char.IsLower(name[start - 1]))
        {
            start--;
        }

        if (start > 0 && char.IsUpper(name[start - 1]))
        {
            start--;
        }

        return name[start..].ToLowerInvariant() switch
        {
            "path" or "file" or "filename" or "filepath" or "dir" or "directory" or "folder" or "cwd" or "workdir" => PlaceKind.File,
            "url" or "uri" or "href" or "link" or "endpoint" or "webhook" or "origin" => PlaceKind.Url,
            "host" or "hostname" or "domain" => PlaceKind.Host,
            "email" or "mail" or "sender" => PlaceKind.Mail,
            "recipient" => PlaceKind.Receiver,
            "to" or "cc" or "bcc" when start == 0 => PlaceKind.Receiver,
            _ when name is "URL" or "URI" => PlaceKind.Url,
            _ => PlaceKind.None,
        };
    }
}

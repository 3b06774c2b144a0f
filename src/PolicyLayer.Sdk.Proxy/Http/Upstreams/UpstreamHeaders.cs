namespace PolicyLayer.Sdk.Proxy.Http.Upstreams;

/// <summary>Headers that a host gives to every request to a server.</summary>
internal static class UpstreamHeaders
{
    /// <summary>Whether a request can have a header. Those that speak of its content are the proxy's own.</summary>
    public static bool CanHave(string name, string value)
    {
        using var request = new HttpRequestMessage();
        return !value.Any(char.IsControl) && request.Headers.TryAddWithoutValidation(name, value);
    }
}

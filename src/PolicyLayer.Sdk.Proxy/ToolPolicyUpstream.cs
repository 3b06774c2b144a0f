namespace PolicyLayer.Sdk;

/// <summary>An MCP server over streamable HTTP that a proxy stands in front of.</summary>
public sealed class ToolPolicyUpstream
{
    /// <summary>Names a server.</summary>
    /// <param name="endpoint">Its endpoint, with <c>http</c> or <c>https</c>.</param>
    /// <exception cref="ArgumentException">The endpoint is of another kind.</exception>
    public ToolPolicyUpstream(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("the endpoint of a server is an address such as https://mcp.example.com/mcp", nameof(endpoint));
        }

        Endpoint = endpoint;
    }

    /// <summary>Its endpoint.</summary>
    public Uri Endpoint { get; }

    /// <summary>Headers that every request to it gets, such as the proxy's own <c>Authorization</c>. What the client sends for authorization never reaches it.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

using System.CommandLine;
using PolicyLayer.Cli.Commands;
using PolicyLayer.Sdk.Proxy.Http.Access;
using PolicyLayer.Sdk.Proxy.Http.Upstreams;

namespace PolicyLayer.Cli.Proxying;

/// <summary>The options of <c>policylayer proxy</c> over HTTP.</summary>
internal sealed class HttpProxyOptions
{
    private readonly Option<string> _upstream = new("--upstream") { Description = "the server's address, over streamable HTTP", HelpName = "URL" };
    private readonly Option<string> _listen = new("--listen") { Description = "where clients reach the proxy, such as http://127.0.0.1:8080/mcp", HelpName = "URL" };
    private readonly Option<string> _grants = new Option<string>("--grants") { Description = "who may call: grants with the hashes of their bearer tokens", HelpName = "FILE" }.NamesAFile();
    private readonly Option<string[]> _headers = new("--upstream-header") { Description = "a header for the server, and the environment variable that holds its value", HelpName = "NAME=VARIABLE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _origins = new("--allow-origin") { Description = "an origin that browsers may come from, such as https://app.example.com", HelpName = "ORIGIN", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _hosts = new("--allow-host") { Description = "a name that clients reach the proxy by, such as mcp.example.com, beside localhost", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        command.Add(_upstream);
        command.Add(_listen);
        command.Add(_grants);
        command.Add(_headers);
        command.Add(_origins);
        command.Add(_hosts);
    }

    /// <summary>What the options say; null when none of them is given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isAlone">Whether no server is named in another way.</param>
    /// <exception cref="UsageException">They do not fit together.</exception>
    public HttpProxySettings? Read(ParseResult parsed, bool isAlone)
    {
        string? upstream = parsed.GetValue(_upstream);
        string? listen = parsed.GetValue(_listen);
        string? grants = parsed.GetValue(_grants);
        string[] headers = parsed.GetValue(_headers) ?? [];
        string[] origins = parsed.GetValue(_origins) ?? [];
        string[] hosts = parsed.GetValue(_hosts) ?? [];
        if (upstream is null && listen is null && grants is null && headers.Length == 0 && origins.Length == 0 && hosts.Length == 0)
        {
            return null;
        }

        if (!isAlone || upstream is null || listen is null)
        {
            throw new UsageException("over HTTP the proxy needs --upstream URL and --listen URL, and no program behind --");
        }

        Uri address = Address("--listen", listen);
        if (address.Scheme != Uri.UriSchemeHttp)
        {
            throw new UsageException("--listen speaks plain http; let a web server in front of it speak https");
        }

        if (address.Query.Length > 0 || address.AbsolutePath.Contains('%', StringComparison.Ordinal) || address.AbsolutePath.Contains("//", StringComparison.Ordinal))
        {
            throw new UsageException($"--listen `{listen}`: its path must be plain, such as /mcp: without a query, signs that are escaped, or an empty part");
        }

        if (Array.Find(origins, static origin => !OriginCheck.IsOrigin(origin)) is { } odd)
        {
            throw new UsageException($"--allow-origin `{odd}` is what no browser sends: write a scheme, a host and perhaps a port, such as https://app.example.com, and no path");
        }

        if (Array.Find(hosts, static host => !HostCheck.IsHostName(host)) is { } other)
        {
            throw new UsageException($"--allow-host `{other}` is no name of a host: write it alone, such as mcp.example.com, without scheme, port and path, an address of IPv6 in brackets, and letters beyond ASCII as browsers send them (xn--…)");
        }

        return grants is null && !HttpProxy.IsLoopback(address)
            ? throw new UsageException($"--listen `{listen}` can be reached from elsewhere, where anybody would be let in; name those who may call with --grants")
            : new HttpProxySettings(Address("--upstream", upstream), address, grants, [.. headers.Select(Header)], origins, hosts);
    }

    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri!.UserInfo.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : throw new UsageException($"{option} `{text}` is no address such as http://127.0.0.1:8080/mcp");

    private static KeyValuePair<string, string> Header(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string variable = text[(equals + 1)..];
        return equals <= 0 ? throw new UsageException($"--upstream-header `{text}` must be NAME=VARIABLE, such as Authorization=MCP_AUTHORIZATION")
            : !UpstreamHeaders.CanHave(text[..equals], string.Empty) ? throw new UsageException($"--upstream-header: `{text[..equals]}` is no header that can be given; Authorization is one")
            : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && !value.Any(char.IsControl) ? KeyValuePair.Create(text[..equals], value)
            : throw new UsageException($"--upstream-header: the environment variable `{variable}` is not set, or holds what no header can");
    }
}

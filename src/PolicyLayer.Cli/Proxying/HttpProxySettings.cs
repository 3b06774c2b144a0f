using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Proxying;

/// <summary>What was said of a proxy over HTTP.</summary>
/// <param name="Upstream">The server.</param>
/// <param name="Listen">Where clients reach the proxy.</param>
/// <param name="Grants">The file of grants; null: there is none.</param>
/// <param name="Headers">What the server gets with every request.</param>
/// <param name="Origins">Where browsers may come from.</param>
/// <param name="Hosts">What names the proxy is known by.</param>
internal sealed record HttpProxySettings(Uri Upstream, Uri Listen, string? Grants, KeyValuePair<string, string>[] Headers, string[] Origins, string[] Hosts)
{
    /// <param name="options">Receives it.</param>
    /// <param name="host">Judges.</param>
    /// <param name="caller">Whose calls they are where there is no file of grants.</param>
    /// <param name="guarding">Sets how calls are guarded.</param>
    public void Configure(HttpToolPolicyProxyOptions options, GuardHost host, Grant caller, Action<ToolPolicyMcpOptions> guarding)
    {
        var upstream = new ToolPolicyUpstream(Upstream);
        foreach ((string name, string value) in Headers)
        {
            upstream.Headers[name] = value;
        }

        options.Upstreams[string.Empty] = upstream;
        guarding(options.Guarding);
        options.Guard = host.Guard;
        options.FindGuard = host.Guard.ForPolicies;
        options.GrantsFile = Grants;
        options.GrantResolver = GrantResolvers.Fixed(caller);
        options.AllowedOrigins.UnionWith(Origins);
        options.AllowedHosts.UnionWith(Hosts);
    }
}

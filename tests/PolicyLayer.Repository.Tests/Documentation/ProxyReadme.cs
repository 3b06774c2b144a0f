using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The code of the proxy's README, so that it is compiled.</summary>
internal static class ProxyReadme
{
    public static WebApplication Map(WebApplicationBuilder builder)
    {
        builder.Services.AddToolPolicies(o => o.AddPolicyFile("policy.json"));
        WebApplication app = builder.Build();
        app.MapToolPolicyProxy("/mcp/{server}", o =>
        {
            o.Upstreams["files"] = new ToolPolicyUpstream(new Uri("https://mcp.example.com/mcp"));
            o.GrantsFile = "grants.json";
        });
        return app;
    }

    public static async Task<int> RunAsync()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Load("policy.json"));
        var proxy = new StdioToolPolicyProxy(guard, new StdioToolPolicyProxyOptions
        {
            Command = "python3",
            Arguments = ["server.py"],
        });
        return await proxy.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
    }
}

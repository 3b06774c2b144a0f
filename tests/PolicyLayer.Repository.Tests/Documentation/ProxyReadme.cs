using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The code of the proxy's README, so that it is compiled.</summary>
internal static class ProxyReadme
{
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

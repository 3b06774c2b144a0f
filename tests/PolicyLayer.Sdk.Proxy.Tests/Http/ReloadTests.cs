using System.Security.Cryptography;
using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>A policy file that changes while <c>policylayer proxy</c> stands in front of a server over HTTP, for callers whom some of the policies judge.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Deny = """{ "version": "1", "default": "allow", "tools": { "echo": { "action": "deny" } } }""";
    private const string Allow = """{ "version": "1", "default": "allow" }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-reload-");
    private readonly HttpClient _client = new();

    [Fact(Timeout = 120_000)]
    public async Task Changed_file_judges_the_next_call_of_whom_it_is_for_and_calls_under_way_end()
    {
        string other = Path.Combine(_folder.FullName, "other.json");
        string grants = Path.Combine(_folder.FullName, "grants.json");
        await File.WriteAllTextAsync(other, Allow, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(grants, $$"""{ "grants": [{{Grant("one", "policy")}}, {{Grant("two", "other")}}, {{Grant("both", "other", "policy")}}] }""", TestContext.Current.CancellationToken);
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Answer = async (context, body) =>
        {
            if (!body.Contains("slow", StringComparison.Ordinal))
            {
                return false;
            }

            arrived.SetResult();
            await end.Task;
            await UpstreamServer.WriteAsync(context, """{"jsonrpc":"2.0","id":1,"result":{"content":[]}}""");
            return true;
        };
        await using var proxy = new ProxyProcess(Allow, "--policy", other, "--grants", grants, "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/mcp");
        string address = await proxy.ErrorAsync("policylayer: listening on ");
        foreach (string grant in (string[])["one", "two", "both"])
        {
            Assert.DoesNotContain("denied", await CallAsync(address, grant), StringComparison.Ordinal);
        }

        Task<string> underWay = CallAsync(address, "one", "slow");
        await arrived.Task;
        proxy.ChangePolicy(Deny);
        while (!(await CallAsync(address, "one")).Contains("denied", StringComparison.Ordinal))
        {
        }

        Assert.Contains("denied", await CallAsync(address, "both"), StringComparison.Ordinal);
        Assert.DoesNotContain("denied", await CallAsync(address, "two"), StringComparison.Ordinal);
        end.SetResult();
        Assert.Contains("\"id\":1,\"result\"", await underWay, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Grant(string id, params string[] policies) =>
        $$"""{ "id": "{{id}}", "policies": ["{{string.Join("\", \"", policies)}}"], "token_sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}}" }""";

    private async Task<string> CallAsync(string address, string grant, string text = "a")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{text}}}"} } }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + grant);
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary><c>policylayer proxy</c> over HTTP, as a process.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("INT", 2)]
    [InlineData("QUIT", 3)]
    [InlineData("HUP", 1)]
    public async Task Tool_listens_judges_and_ends_in_order(string name, int number)
    {
        Programs.NeedSignal(number);
        CancellationToken token = TestContext.Current.CancellationToken;
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        await using var proxy = new ProxyProcess(
            """{ "version": "1", "default": "allow", "tools": { "pay": { "action": "deny" } } }""",
            "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/guarded", "--upstream-header", "X-Path=PATH");
        string address = await proxy.ErrorAsync("policylayer: listening on ");
        Assert.EndsWith("/guarded", address, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Contains("denied", await SayAsync("pay"), StringComparison.Ordinal);
        Assert.Empty(server.Received);
        Assert.Contains("\"id\":1,\"result\"", await SayAsync("echo"), StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(server.Received).Headers["X-Path"].ToString());
        await proxy.SignalAsync(name);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Equal(["ok"], proxy.Outcomes());

        async Task<string> SayAsync(string tool)
        {
            using var content = new StringContent($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{"text":"a"} } }""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(address, content, token);
            return await response.Content.ReadAsStringAsync(token);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Signal_lets_a_call_under_way_end()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Answer = async (_, _) =>
        {
            asked.SetResult();
            await end.Task;
            return false;
        };
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/mcp");
        var address = new Uri(await proxy.ErrorAsync("policylayer: listening on "));
        using var client = new HttpClient();
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"} } }""", Encoding.UTF8, "application/json");
        Task<HttpResponseMessage> calling = client.PostAsync(address, content, token);
        await asked.Task;
        await proxy.SignalAsync("TERM");
        while (await ListensAsync(address))
        {
        }

        Assert.False(calling.IsCompleted);
        end.SetResult();
        using HttpResponseMessage response = await calling;
        Assert.Contains("\"id\":1,\"result\"", await response.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Equal(["ok"], proxy.Outcomes());
    }

    // A call under way has its half a minute, unless somebody insists.
    [Fact(Timeout = 60_000)]
    public async Task Signal_that_comes_again_ends_the_proxy_at_once()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var asked = new TaskCompletionSource();
        server.Answer = async (context, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/mcp");
        using var client = new HttpClient();
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait"}}""", Encoding.UTF8, "application/json");
        Task<HttpResponseMessage> calling = client.PostAsync(await proxy.ErrorAsync("policylayer: listening on "), content, token);
        await asked.Task;
        Task<int> exited = proxy.ExitAsync();
        while (!exited.IsCompleted)
        {
            await proxy.SignalAsync("TERM");
            await Task.WhenAny(exited, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, token));
        }

        Assert.Equal(128 + 15, await exited);
        await Assert.ThrowsAsync<HttpRequestException>(() => calling);
    }

    [Fact]
    public async Task Server_that_cannot_be_reached_is_named_by_its_address()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--upstream", "http://127.0.0.1:1/secret", "--listen", "http://127.0.0.1:0/mcp");
        using var client = new HttpClient();
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(await proxy.ErrorAsync("policylayer: listening on "), content, token);
        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal("127.0.0.1:1 could not be asked: ConnectionError", await proxy.ErrorAsync("policylayer: the server "));
    }

    [Fact(Timeout = 60_000)]
    public async Task Grants_that_cannot_be_read_are_told_before_anybody_calls()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--upstream", "http://127.0.0.1:1/mcp", "--listen", "http://127.0.0.1:0/mcp", "--grants", missing);
        Assert.Equal($"{missing}: there is no such file; `policylayer grants add` makes one", await proxy.ErrorAsync("policylayer: nobody is let in: "));
        await proxy.ErrorAsync("policylayer: listening on ");
    }

    [Theory]
    [InlineData(401, "application/json", "it answered with the status 401: the proxy has no credentials for it, or not the right ones, and passes on none of the client's")]
    [InlineData(307, "application/json", "it answered with the status 307: redirects are not followed, so the proxy must be given the address where it leads")]
    [InlineData(200, "text/html", "it answered with something that is no message")]
    public async Task Server_whose_answer_cannot_pass_is_told_on_the_error_stream(int status, string type, string problem)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        server.Answer = async (context, _) =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            await context.Response.WriteAsync("s3cret", token);
            return true;
        };
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--upstream", server.Endpoint.ToString(), "--listen", "http://127.0.0.1:0/mcp");
        using var client = new HttpClient();
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(await proxy.ErrorAsync("policylayer: listening on "), content, token);
        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal($"{server.Endpoint.Authority} gave no answer that can be passed on: {problem}", await proxy.ErrorAsync("policylayer: the server "));
    }

    /// <summary>Whether anybody new is let in.</summary>
    private static async Task<bool> ListensAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

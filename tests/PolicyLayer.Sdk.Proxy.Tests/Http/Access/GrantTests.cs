using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Access;

/// <summary>Who is let in over HTTP, and a real client that is.</summary>
public sealed class GrantTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": { "require": [{ "name": "team", "conditions": [{ "path": "grant.attributes.team", "op": "eq", "value": "a" }] }] } }, "hide": ["secret"] }""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private static readonly (string, string) Token1 = ("Authorization", "Bearer token-1");
    private static readonly (string, string) Token2 = ("Authorization", "Bearer token-2");

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Only_a_known_token_is_let_in_and_never_passed_on()
    {
        Write(Entry("one", "token-1"), Entry("old", "token-old", ", \"expires\": \"2020-01-01T00:00:00Z\""));
        await using HttpProxyUnderTest proxy = await StartAsync();
        Assert.Equal(401, (await proxy.SayAsync(Ping)).Status);
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Bearer token-2"))).Status);
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Bearer token-old"))).Status);
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Basic token-1"))).Status);
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Bearer "))).Status);
        Assert.Equal(401, (await proxy.SayAsync(Ping, Token1, Token1)).Status);
        Assert.Empty(proxy.Server.Received);
        Assert.Equal(200, (await proxy.SayAsync(Ping, Token1)).Status);
        Assert.Equal("Bearer of the proxy", proxy.Server.Received.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task Change_of_the_file_counts_from_the_next_request()
    {
        Write(Entry("one", "token-1"));
        await using HttpProxyUnderTest proxy = await StartAsync();
        Assert.Equal(200, (await proxy.SayAsync(Ping, Token1)).Status);
        Write(Entry("one", "token-2"));
        Assert.Equal(401, (await proxy.SayAsync(Ping, Token1)).Status);
        Assert.Equal(200, (await proxy.SayAsync(Ping, Token2)).Status);
        await File.WriteAllTextAsync(_file, "{", TestContext.Current.CancellationToken);
        Assert.Equal(503, (await proxy.SayAsync(Ping, Token2)).Status);
        await File.WriteAllTextAsync(_file, string.Empty, TestContext.Current.CancellationToken);
        Assert.Equal(503, (await proxy.SayAsync(Ping, Token2)).Status);
        File.Delete(_file);
        Assert.Equal(503, (await proxy.SayAsync(Ping, Token2)).Status);
        Write(Entry("one", "token-2"));
        Assert.Equal(200, (await proxy.SayAsync(Ping, Token2)).Status);
    }

    [Theory]
    [InlineData("token-1", 200, 1)]
    [InlineData("token-2", 401, 0)]
    public async Task Call_that_waited_for_a_person_runs_for_whom_the_file_still_lets_in(string token, int status, int sent)
    {
        Write(Entry("one", "token-1"));
        var sink = new RecordingSink();
        ToolGuard guard = sink.Guard("""{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""", builder => builder.UseApprovalHandler(new Meanwhile(() => Write(Entry("one", token)))));
        await using HttpProxyUnderTest proxy = await StartAsync(options => options.Guard = guard);
        Assert.Equal(status, (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}""", Token1)).Status);
        Assert.Equal(sent, proxy.Server.Received.Count);
        Assert.Equal([sent == 0 ? ToolOutcome.NotRun : ToolOutcome.Ok], sink.Outcomes);
    }

    [Theory]
    [InlineData("two", "token-1")]
    [InlineData("one", "token-2")]
    public async Task Client_whose_token_became_anothers_or_nobodys_while_it_waited_hears_how_to_come_back(string id, string token)
    {
        Write(Entry("one", "token-1"));
        var sink = new RecordingSink();
        ToolGuard guard = sink.Guard("""{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""", builder => builder.UseApprovalHandler(new Meanwhile(() => Write(Entry(id, token)))));
        await using HttpProxyUnderTest proxy = await StartAsync(options => options.Guard = guard);
        using HttpResponseMessage response = await proxy.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}""", Token1);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
        Assert.Empty(proxy.Server.Received);
    }

    [Fact]
    public async Task Session_of_one_is_nobody_elses()
    {
        Write(Entry("one", "token-1"), Entry("two", "token-2"));
        await using HttpProxyUnderTest proxy = await StartAsync();
        await proxy.InitializeAsync(Token1);
        Assert.Equal(200, (await proxy.SayAsync(Ping, Token1, ("Mcp-Session-Id", "session-1"))).Status);
        Assert.Equal(404, (await proxy.SayAsync(Ping, Token2, ("Mcp-Session-Id", "session-1"))).Status);
        using HttpResponseMessage stream = await proxy.SendAsync(HttpMethod.Get, null, Token2, ("Mcp-Session-Id", "session-1"));
        Assert.Equal(HttpStatusCode.NotFound, stream.StatusCode);
    }

    [Fact]
    public async Task Policies_of_an_entry_judge_its_calls()
    {
        ToolGuard strict = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "deny" }"""));
        Write(Entry("one", "token-1", ", \"policies\": [\"strict\"]"), Entry("two", "token-2", ", \"policies\": [\"other\"]"));
        await using HttpProxyUnderTest proxy = await StartAsync(options => options.FindGuard = names => names is ["strict"] ? strict : null);
        Assert.Contains("default_deny", (await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}""", Token1)).Body, StringComparison.Ordinal);
        Assert.Equal(401, (await proxy.SayAsync(Ping, Token2)).Status);
    }

    [Fact]
    public async Task Real_client_is_guarded_by_its_grant()
    {
        Write(Entry("one", "token-1", ", \"attributes\": { \"team\": \"a\" }"), Entry("two", "token-2", ", \"attributes\": { \"team\": \"b\" }"));
        await using HttpProxyUnderTest proxy = await StartAsync();
        await using McpClient one = await ConnectAsync(proxy, "token-1");
        Assert.Equal(["echo"], (await one.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(static tool => tool.Name));
        CallToolResult result = await EchoAsync(one);
        Assert.Equal("hello", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        await using McpClient two = await ConnectAsync(proxy, "token-2", initialize: false);
        Assert.Equal("require_failed", (await EchoAsync(two)).Meta?["policylayer/decision"]?["reason"]?.GetValue<string>());
        Assert.Equal(["echo allowed", "echo require_failed"], proxy.Audit.Decisions);
    }

    [Fact]
    public async Task Tokens_that_the_command_makes_are_let_in_until_it_takes_them_back()
    {
        File.Delete(_file);
        string first = await GrantsAsync("add");
        await using HttpProxyUnderTest proxy = await StartAsync();
        Assert.Equal(200, (await proxy.SayAsync(Ping, ("Authorization", "Bearer " + first))).Status);
        string second = await GrantsAsync("rotate");
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Bearer " + first))).Status);
        Assert.Equal(200, (await proxy.SayAsync(Ping, ("Authorization", "Bearer " + second))).Status);
        Assert.Empty(await GrantsAsync("revoke"));
        Assert.Equal(401, (await proxy.SayAsync(Ping, ("Authorization", "Bearer " + second))).Status);
        File.Delete(_file + ".lock");
    }

    private static async Task<CallToolResult> EchoAsync(McpClient client) =>
        await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" }, cancellationToken: TestContext.Current.CancellationToken);

    private static string Entry(string id, string token, string more = "") =>
        $$"""{ "id": "{{id}}", "token_sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}}"{{more}} }""";

    private async Task<McpClient> ConnectAsync(HttpProxyUnderTest proxy, string token, bool initialize = true)
    {
        if (!initialize)
        {
            // Sessions of this server have one id.
            proxy.Server.Answer = static (context, _) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.Remove("Mcp-Session-Id");
                    return Task.CompletedTask;
                });
                return Task.FromResult(false);
            };
        }

        return await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = proxy.Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
            }),
            new McpClientOptions { ProtocolVersion = "2025-06-18" },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    private Task<HttpProxyUnderTest> StartAsync(Action<HttpToolPolicyProxyOptions>? configure = null) => HttpProxyUnderTest.StartAsync(Policy, options =>
    {
        options.GrantsFile = _file;
        options.Upstreams["up"].Headers["Authorization"] = "Bearer of the proxy";
        configure?.Invoke(options);
    });

    /// <summary>Runs <c>policylayer grants</c>, and answers what it printed.</summary>
    private async Task<string> GrantsAsync(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Programs.Tool, "grants", command, "--file", _file, "--id", "one"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return printed.Trim();
    }

    private void Write(params string[] entries) => File.WriteAllText(_file, $$"""{ "grants": [{{string.Join(", ", entries)}}] }""");

    /// <summary>A person who approves, and what happens while they look.</summary>
    private sealed class Meanwhile(Action happens) : IApprovalHandler
    {
        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            happens();
            return new(ApprovalAnswer.Approved);
        }
    }
}

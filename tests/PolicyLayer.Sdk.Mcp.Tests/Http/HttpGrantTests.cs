using ModelContextProtocol.Client;

namespace PolicyLayer.Sdk.Mcp.Tests.Http;

/// <summary>Whose call it is over HTTP: what the host authenticated, with each request, and never what a client says of itself.</summary>
public sealed class HttpGrantTests
{
    private const string Policy = """
        { "version": "1", "default": "deny",
          "tools": { "echo": { "limits": [{ "counter": "rate", "window": "hour", "max": 1, "scope": "grant" }] } } }
        """;

    private static readonly Dictionary<string, Grant> Tokens = new() { ["token-a"] = new("alice"), ["token-b"] = new("bob") };

    private readonly TestTools _tools = new();

    public static TheoryData<bool, string> Hosts => new() { { true, "2025-06-18" }, { true, "2025-11-25" }, { false, "2025-06-18" }, { false, "2026-07-28" } };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Hosts))]
    public async Task Claim_of_the_signed_in_user_is_the_grant(bool sessions, string protocol)
    {
        await using HttpServer server = await StartAsync(sessions, GrantResolvers.FromClaim("sub"));
        await using McpClient ann = await server.ConnectAsync(protocol, headers: ("X-Signed-In", "ann"));
        await using McpClient bob = await server.ConnectAsync(protocol, headers: ("X-Signed-In", "bob"));
        await using McpClient nobody = await server.ConnectAsync(protocol);
        Assert.Equal("allowed", (await ann.CallAsync("echo")).Reason());
        Assert.Equal("limit_exceeded", (await ann.CallAsync("echo")).Reason());
        Assert.Equal("allowed", (await bob.CallAsync("echo")).Reason());
        Assert.Equal("no_policy", (await nobody.CallAsync("echo")).Reason());
        Assert.Equal(["echo"], await ann.ListAsync());
        Assert.Empty(await nobody.ListAsync());
        Assert.Equal([("ann", "ann"), ("bob", "bob")], server.Audit.Entries.Where(static entry => entry.Outcome is not null).Select(static entry => (entry.Grant, entry.User)));
        Assert.Equal(2, _tools.Ran.Count);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Hosts))]
    public async Task Bearer_token_of_the_request_is_the_grant(bool sessions, string protocol)
    {
        await using HttpServer server = await StartAsync(sessions, GrantResolvers.FromBearerToken(HttpServer.AuthorizationOf, Tokens));
        await using McpClient alice = await server.ConnectAsync(protocol, headers: ("Authorization", "Bearer token-a"));
        await using McpClient bob = await server.ConnectAsync(protocol, headers: ("Authorization", "Bearer token-b"));
        await using McpClient stranger = await server.ConnectAsync(protocol, headers: ("Authorization", "Bearer token-c"));
        await using McpClient basic = await server.ConnectAsync(protocol, headers: ("Authorization", "Basic token-a"));
        Assert.Equal("allowed", (await alice.CallAsync("echo")).Reason());
        Assert.Equal("limit_exceeded", (await alice.CallAsync("echo")).Reason());
        Assert.Equal("allowed", (await bob.CallAsync("echo")).Reason());
        Assert.Equal("no_policy", (await stranger.CallAsync("echo")).Reason());
        Assert.Equal("no_policy", (await basic.CallAsync("echo")).Reason());
        Assert.Empty(await stranger.ListAsync());
        Assert.Equal(["alice", "bob"], server.Audit.Entries.Where(static entry => entry.Outcome is not null).Select(static entry => entry.Grant));
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Hosts))]
    public async Task Name_that_a_client_gives_itself_is_no_grant(bool sessions, string protocol)
    {
        await using HttpServer server = await StartAsync(sessions, GrantResolvers.FromClaim("sub"));
        await using McpClient client = await server.ConnectAsync(protocol, clientName: "ann");
        Assert.Equal("no_policy", (await client.CallAsync("echo", ("sub", "ann"))).Reason());
        await using McpClient bob = await server.ConnectAsync(protocol, clientName: "ann", headers: ("X-Signed-In", "bob"));
        Assert.Equal("allowed", (await bob.CallAsync("echo")).Reason());
        Assert.Equal([null, "bob", "bob"], server.Audit.Entries.Select(static entry => entry.Grant));
    }

    [Fact(Timeout = 60_000)]
    public async Task Session_of_another_is_no_grant()
    {
        await using HttpServer server = await StartAsync(sessions: true, GrantResolvers.FromBearerToken(HttpServer.AuthorizationOf, Tokens));
        await using McpClient alice = await server.ConnectAsync("2025-11-25", headers: ("Authorization", "Bearer token-a"));
        Assert.Equal("allowed", (await alice.CallAsync("echo")).Reason());
        string session = Assert.Single(server.Sessions);

        // In alice's session, with bob's token and with none.
        Assert.Equal("echo(x)", await CallAsync(server, session, "Bearer token-b"));
        Assert.Equal("limit_exceeded", await CallAsync(server, session, "Bearer token-b"));
        Assert.Equal("no_policy", await CallAsync(server, session, null));
        Assert.Equal("limit_exceeded", (await alice.CallAsync("echo")).Reason());
        Assert.Equal(
            [("alice", session), ("alice", session), ("bob", session), ("bob", session), ("bob", session), (null, session), ("alice", session)],
            server.Audit.Entries.Select(static entry => (entry.Grant, entry.Session)));
    }

    private static Task<string> CallAsync(HttpServer server, string session, string? authorization) => RawHttp.SayAsync(
        server.Endpoint,
        """{"jsonrpc":"2.0","id":"odd","method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}""",
        ("Mcp-Session-Id", session),
        ("Authorization", authorization));

    private Task<HttpServer> StartAsync(bool sessions, IGrantResolver resolver) => HttpServer.StartAsync(Policy, _tools.All("echo"), sessions, resolver);
}

using System.Net;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AspNetCoreServer;

/// <summary>Calls the server as clients would, over loopback, and checks that each call went as the policy says.</summary>
internal static class SmokeClient
{
    private static int Surprises;

    public static async Task<int> RunAsync()
    {
        string audit = Path.Combine(Directory.CreateTempSubdirectory("policylayer-").FullName, "audit.jsonl");
        var tokens = new Tokens();
        await using WebApplication app = GuardedServer.Build(["--urls", "http://127.0.0.1:0", "--audit", audit, "--Logging:LogLevel:Default", "Warning"], tokens);
        await app.StartAsync();
        var endpoint = new Uri($"{app.Urls.First()}/mcp");

        await using (McpClient alice = await ConnectAsync(endpoint, tokens.Writer))
        await using (McpClient bob = await ConnectAsync(endpoint, tokens.Reader))
        {
            Check("alice lists", string.Join(", ", (await alice.ListToolsAsync()).Select(static tool => tool.Name).Order(StringComparer.Ordinal)), "read_note, write_note");
            Check("alice writes", await CallAsync(alice, "write_note", ("title", "a"), ("text", "hello")), "wrote 5 characters");
            Check("bob reads", await CallAsync(bob, "read_note", ("title", "a")), "hello");
            Check("bob writes", await CallAsync(bob, "write_note", ("title", "a"), ("text", "bye")), "require_failed");
            Check("bob writes as alice", await CallAsync(bob, "write_note", ("title", "a"), ("text", "bye"), ("grant", "alice")), "invalid_arguments");
            Check("alice deletes", await CallAsync(alice, "delete_notes"), "default_deny");
            for (int call = 2; call <= 5; call++)
            {
                Check($"alice reads, call {call} of 5", await CallAsync(alice, "read_note", ("title", "a")), "hello");
            }

            Check("alice reads, call 6 of 5", await CallAsync(alice, "read_note", ("title", "a")), "limit_exceeded");
            Check("bob still reads", await CallAsync(bob, "read_note", ("title", "a")), "hello");
        }

        using var nobody = new HttpClient();
        using HttpResponseMessage response = await nobody.PostAsync(endpoint, new StringContent("{}"));
        Check("nobody calls", $"{(int)response.StatusCode}", $"{(int)HttpStatusCode.Unauthorized}");
        Console.WriteLine(Surprises == 0 ? "Every call went as the policy says." : $"Not as the policy says: {Surprises}.");
        return Math.Min(Surprises, 1);
    }

    private static Task<McpClient> ConnectAsync(Uri endpoint, string token) => McpClient.CreateAsync(new HttpClientTransport(new()
    {
        Endpoint = endpoint,
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
    }));

    /// <summary>What came back: the reason of a denial, or the tool's text.</summary>
    private static async Task<string> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        CallToolResult result = await client.CallToolAsync(tool, arguments.ToDictionary(static pair => pair.Name, static pair => pair.Value));
        return (string?)result.Meta?["policylayer/decision"]?["reason"] ?? string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
    }

    private static void Check(string what, string came, string expected)
    {
        bool same = came == expected;
        Surprises += same ? 0 : 1;
        Console.WriteLine($"{(same ? "   " : "?! ")}{what} -> {came}");
    }
}

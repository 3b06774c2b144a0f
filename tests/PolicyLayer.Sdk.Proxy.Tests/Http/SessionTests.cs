using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>Calls whose session is no longer there, or whose client is not.</summary>
public sealed class SessionTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "tools": { "echo": { "limits": [{ "counter": "running", "concurrent": 1, "scope": "grant" }] }, "ask": { "action": "require_approval" } } }""";
    private const string Ping = """{"jsonrpc":"2.0","id":9,"method":"ping"}""";
    private static readonly (string, string) Session = ("Mcp-Session-Id", "session-1");

    [Fact]
    public async Task Call_whose_answer_nobody_comes_for_gives_its_place_back()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options => options.SessionIdleTimeout = TimeSpan.Zero);
        await proxy.InitializeAsync();
        proxy.Server.Answer = static async (context, body) =>
        {
            // An answer that could be asked for again, on another stream.
            bool isLeft = body.Contains("left", StringComparison.Ordinal);
            await (isLeft ? UpstreamServer.WriteEventsAsync(context, "id: 1\ndata: \n\n") : Task.CompletedTask);
            return isLeft;
        };
        await proxy.SayAsync(Call("echo", "left"), Session);
        Assert.Empty(proxy.Audit.Outcomes);

        // Its client has died; another of the same grant comes.
        Assert.Contains("\"text\":\"next\"", (await proxy.SayAsync(Call("echo", "next"))).Body, StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Ok], proxy.Audit.Outcomes);
        Assert.Equal(200, (await proxy.SayAsync(Ping, Session)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Call_that_waits_for_a_person_is_told_when_its_session_has_ended()
    {
        var person = new Person();
        ToolGuard guard = new RecordingSink().Guard(Policy, builder => builder.UseApprovalHandler(person));
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.Guard = guard);
        await proxy.InitializeAsync();
        Task<(int Status, string Body)> waiting = proxy.SayAsync(Call("ask", "a"), Session);
        await person.Asked;

        // The server has forgotten the session, as after a restart.
        proxy.Server.Answer = static (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.FromResult(true);
        };
        Assert.Equal(404, (await proxy.SayAsync(Ping, Session)).Status);
        Assert.Equal(404, (await waiting).Status);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("1")]
    [InlineData("\"1\"")]
    public async Task Id_that_waits_already_is_refused_in_either_type(string id)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        await proxy.InitializeAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Server.Answer = async (_, body) =>
        {
            if (body.Contains("first", StringComparison.Ordinal))
            {
                arrived.SetResult();
                await end.Task;
            }

            return false;
        };
        Task<(int Status, string Body)> first = proxy.SayAsync(Call("echo", "first"), Session);
        await arrived.Task;
        (int status, string body) = await proxy.SayAsync(Call("echo", "second").Replace("\"id\":1", "\"id\":" + id, StringComparison.Ordinal), Session);
        Assert.Equal(400, status);
        Assert.Contains("\"code\":-32600", body, StringComparison.Ordinal);
        end.SetResult();
        Assert.Contains("\"text\":\"first\"", (await first).Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"third\"", (await proxy.SayAsync(Call("echo", "third"), Session)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Server.Bodies, static sent => sent.Contains("second", StringComparison.Ordinal));
        Assert.Equal(["echo allowed", "echo allowed"], proxy.Audit.Decisions);
    }

    [Fact]
    public async Task Each_session_has_counters_of_its_own()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync("""{ "version": "1", "default": "allow", "tools": { "echo": { "limits": [{ "counter": "calls", "window": "hour", "max": 1, "scope": "session" }] } } }""");
        await proxy.InitializeAsync();
        proxy.Server.Answer = static (context, _) =>
        {
            context.Response.Headers["Mcp-Session-Id"] = "session-2";
            return Task.FromResult(false);
        };
        await proxy.InitializeAsync();
        proxy.Server.Answer = static (_, _) => Task.FromResult(false);
        foreach ((string, string)[] session in new (string, string)[][] { [Session], [("Mcp-Session-Id", "session-2")], [] })
        {
            await proxy.SayAsync(Call("echo", "a"), session);
            await proxy.SayAsync(Call("echo", "a"), session);
        }

        Assert.Equal(["echo allowed", "echo limit_exceeded", "echo allowed", "echo limit_exceeded", "echo allowed", "echo limit_exceeded"], proxy.Audit.Decisions);
    }

    private static string Call(string tool, string text) => $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{"text":"{{{{text}}}}"}}}""";

    /// <summary>Somebody who never answers.</summary>
    private sealed class Person : IApprovalHandler
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        }
    }
}

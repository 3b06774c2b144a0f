using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Testing;

namespace PolicyLayer.Cli.Tests.Approvals;

/// <summary>The same over HTTP, in front of a server on Kestrel.</summary>
public sealed class ApprovalHttpTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "pay": { "action": "require_approval" } } }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1}}}""";

    private readonly Tool _tool = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _tool.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task Refused_call_runs_once_when_it_was_approved_and_comes_again()
    {
        await using WebApplication server = await StartServerAsync();
        string state = "sqlite:" + _tool.PathOf("state.db");
        string upstream = new Uri(Web.AddressOf(server), "mcp").ToString();
        string[] args = ["proxy", "--policy", _tool.File("policy.json", Policy), "--state", state, "--upstream", upstream, "--listen", "http://127.0.0.1:0/mcp"];
        await using var error = new SeenOutput();
        using var stop = new CancellationTokenSource();
        Task<int> running = Task.Run(() => CommandLine.RunAsync(args, new CommandStreams(Stream.Null, TextWriter.Null, error, IsPlain: true), stop.Token), Token);
        var address = new Uri((await error.UntilAsync("/mcp", Token)).Split(' ')[^1].Trim());

        string id = (await SayAsync(address)).GetProperty("_meta").GetProperty("policylayer/decision").GetProperty("approval_id").GetString()!;
        Assert.Equal(0, _runs);
        Assert.Equal(0, (await _tool.RunAsync("approvals", "approve", id, "--state", state)).Code);
        Assert.Equal("ran", (await SayAsync(address)).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.NotEqual(id, (await SayAsync(address)).GetProperty("_meta").GetProperty("policylayer/decision").GetProperty("approval_id").GetString());
        Assert.Equal(1, _runs);

        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    private async Task<WebApplication> StartServerAsync()
    {
        WebApplication app = Web.Create();
        app.MapPost("/mcp", context =>
        {
            Interlocked.Increment(ref _runs);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"ran"}]}}""", Token);
        });
        await app.StartAsync(Token);
        return app;
    }

    private async Task<JsonElement> SayAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Call, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        using HttpResponseMessage response = await _client.SendAsync(request, Token);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("result");
    }
}

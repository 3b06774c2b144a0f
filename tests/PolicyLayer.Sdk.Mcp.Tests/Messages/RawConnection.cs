using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>A guarded server that a test writes lines to, as somebody who does not keep to the protocol.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"odd","version":"1"}}}""";

    private readonly Pipe _requests = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _responses = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly ServiceProvider _services;
    private readonly McpServer _server;
    private readonly Task _running;
    private readonly StreamReader _answers;

    private RawConnection(ServiceProvider services)
    {
        _services = services;
        _answers = new StreamReader(_responses.Reader.AsStream(), Encoding.UTF8);
        _server = McpServer.Create(
            new StreamServerTransport(_requests.Reader.AsStream(), _responses.Writer.AsStream()),
            services.GetRequiredService<IOptions<McpServerOptions>>().Value,
            null,
            services);
        _running = _server.RunAsync();
    }

    public RecordingSink Audit => _services.GetRequiredService<RecordingSink>();

    public static async Task<RawConnection> OpenAsync(string policy, IEnumerable<McpServerTool> tools, Action<ToolPolicyBuilder>? policies = null)
    {
        var services = new ServiceCollection();
        var sink = new RecordingSink();
        services.AddSingleton(sink);
        ToolPolicyBuilder builder = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(sink);
        policies?.Invoke(builder);
        services.AddMcpServer().WithTools(tools).WithToolPolicies();
        var connection = new RawConnection(services.BuildServiceProvider(validateScopes: true));
        await connection.WriteAsync(Initialize);
        Assert.Contains("serverInfo", await connection.ReadAsync(), StringComparison.Ordinal);
        await connection.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return connection;
    }

    public Task WriteAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line));

    public async Task WriteAsync(byte[] line) => await _requests.Writer.WriteAsync((byte[])[.. line, (byte)'\n'], TestContext.Current.CancellationToken);

    public async Task<string> ReadAsync() =>
        await _answers.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException("the server ended");

    /// <summary>The next answer, as a test compares it: what a tool said, the reason of a denial, or the code of an error.</summary>
    public async Task<string> ReadAnswerAsync() => Describe(JsonNode.Parse(await ReadAsync())!);

    /// <summary>What came beside the answers to ordinary calls.</summary>
    public List<string> Stray { get; } = [];

    /// <summary>An ordinary call, and its answer.</summary>
    public async Task<string> CallAsync(string tool, string text)
    {
        await WriteAsync($$$$"""{"jsonrpc":"2.0","id":"ordinary","method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{"text":"{{{{text}}}}"}}}""");
        while (true)
        {
            JsonNode answer = JsonNode.Parse(await ReadAsync())!;
            if (answer["id"]?.ToString() == "ordinary")
            {
                return Describe(answer);
            }

            Stray.Add(Describe(answer));
        }
    }

    /// <summary>The client goes away, and the server ends.</summary>
    public async Task EndAsync()
    {
        await _requests.Writer.CompleteAsync();
        await _running.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.Writer.CompleteAsync();
        await _running;
        await _server.DisposeAsync();
        _answers.Dispose();
        await _services.DisposeAsync();
    }

    public static string Describe(JsonNode answer) =>
        answer["error"] is { } error ? $"error {error["code"]}"
        : (string?)answer["result"]?["_meta"]?["policylayer/decision"]?["reason"]
        ?? (string?)answer["result"]?["content"]?[0]?["text"]
        ?? "something else";
}

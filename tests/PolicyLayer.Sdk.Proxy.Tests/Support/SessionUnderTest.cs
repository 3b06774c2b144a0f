using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A session between a client and a server that are both the test.</summary>
internal sealed class SessionUnderTest : ILogger
{
    private readonly ProxySession _session;
    private readonly List<string> _client = [];
    private readonly List<string> _server = [];

    public SessionUnderTest(string policy, IApprovalHandler? approvals = null, bool enforceSchemas = true) =>
        _session = new ProxySession(
            new ClientGuard(Audit.Guard(policy, approvals is null ? null : builder => builder.UseApprovalHandler(approvals)), null, new ToolSchemaEnforcement(enforceSchemas, strict: true, []), "a server"),
            new LineWriter(new LineLog(_client), TimeProvider.System),
            new LineWriter(new LineLog(_server), TimeProvider.System),
            this);

    public RecordingSink Audit { get; } = new();

    /// <summary>What the client got, line by line.</summary>
    public IReadOnlyList<string> ToClient => _client;

    /// <summary>What the server got, line by line.</summary>
    public IReadOnlyList<string> ToServer => _server;

    /// <summary>The ids of what was logged.</summary>
    public ConcurrentQueue<int> Logged { get; } = [];

    public Task Judging => _session.Judging;

    public async Task ClientSaysAsync(params string[] lines)
    {
        foreach (string line in lines)
        {
            await _session.FromClientAsync(new TextLine(Encoding.UTF8.GetBytes(line + "\n"), IsTooLong: false));
        }
    }

    public async Task ServerSaysAsync(params string[] lines)
    {
        foreach (string line in lines)
        {
            await _session.FromServerAsync(new TextLine(Encoding.UTF8.GetBytes(line + "\n"), IsTooLong: false));
        }
    }

    /// <summary>Parts of a line that has no end yet.</summary>
    public async Task ServerBeginsAsync(params string[] parts)
    {
        foreach (string part in parts)
        {
            await _session.FromServerAsync(new TextLine(Encoding.UTF8.GetBytes(part), IsTooLong: false, IsPart: true));
        }
    }

    /// <summary>A line that comes in parts, the last of which is its end.</summary>
    public async Task ServerSaysInPartsAsync(params string[] parts)
    {
        await ServerBeginsAsync(parts[..^1]);
        await _session.FromServerAsync(new TextLine(Encoding.UTF8.GetBytes(parts[^1]), IsTooLong: false));
    }

    public bool CanPassInParts(string head) => _session.CanPassInParts(Encoding.UTF8.GetBytes(head));

    public async Task ServerSaysTooMuchAsync(string head) => await _session.FromServerAsync(new TextLine(Encoding.UTF8.GetBytes(head), IsTooLong: true));

    public async Task ClientSaysTooMuchAsync(string head) => await _session.FromClientAsync(new TextLine(Encoding.UTF8.GetBytes(head), IsTooLong: true));

    public async Task CloseAsync() => await _session.TellOfEndAsync(await _session.CloseAsync());

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Logged.Enqueue(eventId.Id);
}

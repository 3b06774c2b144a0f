using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

/// <summary>A server that says what a test lets it say, and keeps what it hears.</summary>
internal sealed class FakeServer : IClientTransport, ITransport
{
    private readonly Channel<JsonRpcMessage> _answers = Channel.CreateUnbounded<JsonRpcMessage>();

    public List<JsonRpcMessage> Received { get; } = [];

    /// <summary>Whether it throws when it is disposed, and goes on.</summary>
    public bool FailsToEnd { get; set; }

    public string Name { get; init; } = "fake";

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _answers.Reader;

    public Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) => Task.FromResult<ITransport>(this);

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        Received.Add(message);
        return Task.CompletedTask;
    }

    public void Answer(JsonRpcMessage message) => _answers.Writer.TryWrite(message);

    /// <summary>Until everything that was answered has been read.</summary>
    public async Task Idle()
    {
        while (_answers.Reader.Count > 0)
        {
            await Task.Yield();
        }
    }

    /// <summary>Says no more.</summary>
    public void End() => _answers.Writer.TryComplete();

    public ValueTask DisposeAsync()
    {
        if (FailsToEnd)
        {
            throw new IOException("the process cannot be ended");
        }

        End();
        return default;
    }
}

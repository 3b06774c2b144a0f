using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Connects as another transport does, with a guard in between.</summary>
internal sealed class GuardedClientTransport : IClientTransport
{
    private readonly IClientTransport _inner;
    private readonly ClientGuard _guard;

    private GuardedClientTransport(IClientTransport inner, ClientGuard guard)
    {
        _inner = inner;
        _guard = guard;
    }

    public string Name => _inner.Name;

    public static IClientTransport Enclose(IClientTransport transport, ClientGuard guard)
    {
        for (GuardedClientTransport? found = transport as GuardedClientTransport; found is not null; found = found._inner as GuardedClientTransport)
        {
            if (ReferenceEquals(found._guard.Guard, guard.Guard))
            {
                return found._guard == guard ? transport
                    : throw new InvalidOperationException("this guard guards the transport already, for another grant or with other options: guard the transport that it was made of");
            }
        }

        return new GuardedClientTransport(transport, guard);
    }

    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        new GuardedTransport(await _inner.ConnectAsync(cancellationToken).ConfigureAwait(false), _guard);
}

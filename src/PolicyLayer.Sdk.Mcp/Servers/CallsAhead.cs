using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Calls that were judged and have not come to their tool yet, by the message that brought them: a task gets a context of its own, but the same message.</summary>
internal sealed class CallsAhead
{
    private readonly ConditionalWeakTable<JsonRpcRequest, Entry> _calls = [];

    /// <summary>Whether there ever was one: in most servers there is none.</summary>
    private volatile bool _any;

    public void Add(JsonRpcRequest message, JudgedCall call)
    {
        _any = true;
        _calls.AddOrUpdate(message, new Entry(call));
    }

    /// <summary>The call of a message, once; null when there is none, or it was taken.</summary>
    public JudgedCall? Take(JsonRpcRequest message) => _any && _calls.TryGetValue(message, out Entry? entry) ? entry.Take() : null;

    private sealed class Entry(JudgedCall call)
    {
        private JudgedCall? _call = call;

        public JudgedCall? Take() => Interlocked.Exchange(ref _call, null);
    }
}

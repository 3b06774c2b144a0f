using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>The requests of a client that wait for the server's answer, by id: calls with what was decided, and listings.</summary>
internal sealed class ClientRequests(ToolGuard guard)
{
    private readonly ConcurrentDictionary<RequestId, Place> _calls = [];
    private readonly ConcurrentDictionary<RequestId, bool> _listings = [];
    private bool _isOver;

    /// <summary>Whether no answers come any more. A call that is kept after that is settled by nobody else.</summary>
    public bool IsOver => Interlocked.CompareExchange(ref _isOver, false, false);

    /// <summary>Takes a place for a call before it is judged.</summary>
    /// <exception cref="InvalidOperationException">A request of this id waits already: an answer would be taken for the other's.</exception>
    public Place Reserve(RequestId id)
    {
        var place = new Place(this, id);
        return id.Id is not null && !_listings.ContainsKey(id) && _calls.TryAdd(id, place) ? place : throw Twin();
    }

    public void AddListing(RequestId id)
    {
        if (id.Id is null || _calls.ContainsKey(id) || !_listings.TryAdd(id, true))
        {
            throw Twin();
        }
    }

    public bool TakeListing(RequestId id) => _listings.TryRemove(id, out _);

    /// <summary>Whether a request of this id is still being judged, so that no answer to it can be true.</summary>
    public bool IsBeingJudged(RequestId id) => _calls.TryGetValue(id, out Place? place) && !place.IsKept;

    /// <summary>Settles a call; an id that no allowed call waits under is nobody's.</summary>
    public async ValueTask SettleAsync(RequestId id, ToolOutcome outcome)
    {
        if (_calls.TryGetValue(id, out Place? place) && place.Decision is { } decision && _calls.TryRemove(KeyValuePair.Create(id, place)))
        {
            await guard.CompleteAsync(decision, outcome, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Settles whatever never got an answer, and never will.</summary>
    public async ValueTask SettleAllAsync()
    {
        Interlocked.Exchange(ref _isOver, true);
        foreach (RequestId id in _calls.Keys)
        {
            await SettleAsync(id, ToolOutcome.Error).ConfigureAwait(false);
        }
    }

    private static InvalidOperationException Twin() => new("a request needs an id of its own: one with this id still waits for its answer");

    /// <summary>A call's place; given up when it is disposed, unless the call was allowed.</summary>
    internal sealed class Place(ClientRequests requests, RequestId id) : IDisposable
    {
        /// <summary>In a box: whoever looks at the very moment at which it is put there must see all of it, or nothing.</summary>
        private volatile StrongBox<ToolDecision>? _decision;

        public bool IsKept => _decision is not null;

        public ToolDecision? Decision => _decision?.Value;

        public void Keep(ToolDecision decision) => _decision = new StrongBox<ToolDecision>(decision);

        public void Dispose()
        {
            if (!IsKept)
            {
                requests._calls.TryRemove(KeyValuePair.Create(id, this));
            }
        }
    }
}

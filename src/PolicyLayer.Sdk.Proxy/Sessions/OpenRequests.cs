using System.Diagnostics.CodeAnalysis;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>The requests that wait for the server's answer. An answer belongs to the one request of its id, and only once.</summary>
internal sealed class OpenRequests
{
    /// <summary>How many may wait at once.</summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();

    /// <summary>By the text of the id alone: a server that mixes up 1 and "1" must not find both.</summary>
    private readonly Dictionary<string, OpenRequest> _byText = new(StringComparer.Ordinal);

    private bool _isClosed;

    /// <summary>Whether nothing is let in any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Takes a request in.</summary>
    /// <returns>Null, or why not.</returns>
    public string? Add(OpenRequest request)
    {
        lock (_lock)
        {
            return _isClosed ? "the server has ended"
                : _byText.Count >= Most ? "too many requests wait for their answers"
                : _byText.TryAdd(request.Id.Text, request) ? null
                : "a request needs an id of its own: one with this id still waits for its answer";
        }
    }

    /// <summary>Gives a call to the server, unless it is no longer wanted.</summary>
    public bool TrySend(OpenRequest call, CallerJudge judge, ToolDecision decision)
    {
        lock (_lock)
        {
            if (!IsOpen(call))
            {
                return false;
            }

            call.Send(judge, decision);
            return true;
        }
    }

    /// <summary>Gives the server a call of an unknown tool in the place of a hidden one's, unless it is no longer wanted.</summary>
    public bool TryReplace(OpenRequest call, string hidden, string name)
    {
        lock (_lock)
        {
            if (!IsOpen(call))
            {
                return false;
            }

            call.Replace(hidden, name);
            return true;
        }
    }

    /// <summary>Takes the request out that an answer belongs to.</summary>
    /// <returns>False when nobody asked, or the server cannot have seen the question.</returns>
    public bool TryTake(MessageId id, [NotNullWhen(true)] out OpenRequest? request)
    {
        lock (_lock)
        {
            return _byText.TryGetValue(id.Text, out request) && request.Id == id && request.IsSent && _byText.Remove(id.Text);
        }
    }

    /// <summary>Takes a request out that the client has given up, whether the server has it or not.</summary>
    public bool TryGiveUp(MessageId id, [NotNullWhen(true)] out OpenRequest? request)
    {
        lock (_lock)
        {
            return _byText.TryGetValue(id.Text, out request) && request.Id == id && _byText.Remove(id.Text);
        }
    }

    /// <summary>Takes a request out that has nothing to settle, or is settled by whoever takes it.</summary>
    /// <returns>False when somebody else has taken it out.</returns>
    public bool Remove(OpenRequest request)
    {
        lock (_lock)
        {
            return IsOpen(request) && _byText.Remove(request.Id.Text);
        }
    }

    /// <summary>Takes a request out, and settles it.</summary>
    /// <returns>False when somebody else has taken it out, and settles it.</returns>
    public async ValueTask<bool> SettleAsync(OpenRequest request, ToolOutcome outcome)
    {
        if (!Remove(request))
        {
            return false;
        }

        await request.SettleAsync(outcome).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether a request still waits.</summary>
    public bool Contains(OpenRequest request)
    {
        lock (_lock)
        {
            return IsOpen(request);
        }
    }

    /// <summary>Whether an answer can pass without being looked at as a whole.</summary>
    /// <param name="id">The id that it begins with; null where that is not known yet, so that it may belong to any request.</param>
    public bool CanPassInParts(MessageId? id)
    {
        lock (_lock)
        {
            return id is { } known
                ? !_byText.TryGetValue(known.Text, out OpenRequest? request) || request.CanPassInParts
                : _byText.Values.All(static request => request.CanPassInParts);
        }
    }

    /// <summary>Whether a message that was passed in parts may reach the client to its end: it needs no answer of ours, or it is the answer to a request that is settled now.</summary>
    public async ValueTask<bool> TrySettleAsync(ServerAnswer said)
    {
        if (said.Kind != ServerMessageKind.Answer)
        {
            return said.Kind == ServerMessageKind.Passed;
        }

        if (!CanPassInParts(said.Id) || !TryTake(said.Id, out OpenRequest? answered))
        {
            return false;
        }

        await answered.SettleAsync(said.Outcome).ConfigureAwait(false);
        return true;
    }

    /// <summary>Notes that a request is a subscription to changes of the list of tools.</summary>
    public void Listen(MessageId id)
    {
        lock (_lock)
        {
            if (_byText.TryGetValue(id.Text, out OpenRequest? request) && request.Id == id && request.Kind == ClientMessageKind.Request)
            {
                request.Listen();
            }
        }
    }

    /// <summary>The subscriptions to changes of the list of tools.</summary>
    public MessageId[] Listeners()
    {
        lock (_lock)
        {
            return [.. _byText.Values.Where(static request => request.ListensToTools).Select(static request => request.Id)];
        }
    }

    /// <summary>Takes everything out that waits, and lets nothing in any more.</summary>
    public OpenRequest[] Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return TakeAll();
        }
    }

    /// <summary>Takes everything out that waits.</summary>
    public OpenRequest[] TakeAll()
    {
        lock (_lock)
        {
            OpenRequest[] all = [.. _byText.Values];
            _byText.Clear();
            return all;
        }
    }

    private bool IsOpen(OpenRequest request) => _byText.TryGetValue(request.Id.Text, out OpenRequest? open) && ReferenceEquals(open, request);
}

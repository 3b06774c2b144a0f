namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>The streams on which a client listens to what comes by itself. A message goes to one of them.</summary>
internal sealed class ListeningStreams
{
    private readonly Lock _lock = new();
    private readonly List<object> _open = [];

    public void Add(object stream)
    {
        lock (_lock)
        {
            _open.Add(stream);
        }
    }

    public void Remove(object stream)
    {
        lock (_lock)
        {
            _open.Remove(stream);
        }
    }

    public bool IsNewest(object stream)
    {
        lock (_lock)
        {
            return _open is [.., var newest] && ReferenceEquals(newest, stream);
        }
    }
}

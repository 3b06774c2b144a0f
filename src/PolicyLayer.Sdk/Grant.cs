using System.Text.Json;

namespace PolicyLayer.Sdk;

/// <summary>Who may call: the principal that a tool call is judged for, as the host knows it.</summary>
/// <remarks>Never take it from what a client says of itself. Immutable and safe for concurrent use.</remarks>
public sealed class Grant
{
    /// <summary>Names a principal.</summary>
    /// <param name="id">What limits are counted against and the audit records; not empty, compared ordinally.</param>
    /// <param name="label">A text for people, or null. It decides nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null, empty or white space.</exception>
    public Grant(string id, string? label = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id;
        Label = label;
    }

    /// <summary>The grant of a host that tells no callers apart; its id is <c>default</c>.</summary>
    public static Grant Default { get; } = new("default");

    /// <summary>The identity that limits are counted against.</summary>
    public string Id { get; }

    /// <summary>A text for people, or null.</summary>
    public string? Label { get; }

    /// <summary>What the host says of the principal, an object: the paths <c>grant.attributes.…</c>. Undefined: nothing. It must live as long as the grant.</summary>
    public JsonElement Attributes { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

namespace PolicyLayer.Sdk;

/// <summary>A call that was put before people, and what became of it. Immutable.</summary>
public sealed record StoredApproval
{
    /// <summary>Its name: what a person answers to, and what the refused caller is told.</summary>
    public required string Id { get; init; }

    /// <summary>What is approved, and nothing else: a hash of grant, user, server, tool, arguments, the policies' version and the rules that ask. Calls that are the same have the same.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The tool's name, as the model gave it.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments as JSON, at most 65,536 characters: what the person has to see. They may hold secrets.</summary>
    public required string Arguments { get; init; }

    /// <summary>The id of the grant that calls.</summary>
    public required string Grant { get; init; }

    /// <summary>The grant's text for people, or null.</summary>
    public string? GrantLabel { get; init; }

    /// <summary>The user behind the grant, or null.</summary>
    public string? User { get; init; }

    /// <summary>The session of the call that asked first, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The server that offers the tool, as the host calls it, or null.</summary>
    public string? Server { get; init; }

    /// <summary>The version of the policies that ask.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The rules that ask; at least one.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>What the policies' authors say about it; may be empty.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How long it may wait for an answer and, once approved, be used.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>What has become of it. This and all that follows is the store's to say.</summary>
    public ApprovalStatus Status { get; init; }

    /// <summary>When the call first came, by the store's clock.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>From when on it counts no more, by the store's clock.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was answered; null while it waits.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who answered, as they say of themselves; null while it waits, or when nobody said.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Its name, and nothing of the arguments.</summary>
    public override string ToString() => Id;
}

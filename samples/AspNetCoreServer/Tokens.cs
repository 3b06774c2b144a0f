using System.Security.Cryptography;
using System.Text.Json;
using PolicyLayer.Sdk;

namespace AspNetCoreServer;

/// <summary>Who may call, and by which token. They are made anew with each start; a real host reads them from where it keeps its secrets.</summary>
internal sealed class Tokens
{
    public string Writer { get; } = Create();

    public string Reader { get; } = Create();

    /// <summary>For each token its grant. What a caller may do hangs on these alone.</summary>
    public IReadOnlyDictionary<string, Grant> Grants => new Dictionary<string, Grant>(StringComparer.Ordinal)
    {
        [Writer] = new("alice", "Alice") { Attributes = JsonElement.Parse("""{ "role": "writer" }""") },
        [Reader] = new("bob", "Bob") { Attributes = JsonElement.Parse("""{ "role": "reader" }""") },
    };

    private static string Create() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}

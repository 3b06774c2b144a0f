using System.Security.Cryptography;
using System.Text;

namespace PolicyLayer.Sdk.Grants;

/// <summary>Which grant each bearer token stands for. It holds hashes, so neither a dump nor the time of a look-up tells a token.</summary>
internal sealed class BearerTokens
{
    private const string Scheme = "Bearer ";

    private readonly Dictionary<string, Grant> _byHash = new(StringComparer.Ordinal);

    public BearerTokens(IReadOnlyDictionary<string, Grant> tokens)
    {
        foreach ((string token, Grant grant) in tokens)
        {
            if (token.Length == 0 || token.Any(char.IsWhiteSpace))
            {
                throw new ArgumentException("a token is empty or has white space in it, so no header could carry it", nameof(tokens));
            }

            _byHash.Add(HashOf(token), grant ?? throw new ArgumentException("a token has no grant", nameof(tokens)));
        }
    }

    /// <summary>The grant of an <c>Authorization</c> header, or null.</summary>
    public Grant? Find(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
        && _byHash.TryGetValue(HashOf(authorization[Scheme.Length..].Trim(' ')), out Grant? grant) ? grant : null;

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

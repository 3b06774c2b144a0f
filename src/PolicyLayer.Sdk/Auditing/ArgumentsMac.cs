using System.Security.Cryptography;
using System.Text;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>What a record has of the arguments themselves: who has the key and the arguments can tell that it was these; to others it says no more than that two calls had the same.</summary>
internal sealed class ArgumentsMac
{
    private readonly byte[] _key;

    /// <param name="key">The key of the trail. Another is derived from it (HKDF by SHA-256, RFC 5869, without salt), so that no MAC of arguments is ever the hash of a line.</param>
    public ArgumentsMac(ReadOnlySpan<byte> key)
    {
        _key = new byte[SHA256.HashSizeInBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, _key, salt: [], "policylayer args_mac"u8);
    }

    /// <summary>The MAC of the arguments of a decision; null where it did not judge them, or they are gone.</summary>
    public string? Of(in AuditRecord record)
    {
        try
        {
            return record.Kind == AuditKind.Decision && HasJudgedArguments(record.Decision.Reason) && Problem(record.Decision.Call.Arguments) is null
                ? Of(record.Decision.Call.Arguments)
                : null;
        }
        catch (InvalidOperationException)
        {
            // Their document is disposed, or somebody changes them: the call was denied, or will not run with what was judged.
            return null;
        }
    }

    /// <summary>The MAC of arguments that are well formed: 64 digits, lower case.</summary>
    public string Of(in ToolArguments arguments) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(CanonicalJson.Of(arguments))));

    /// <summary>Why arguments have no MAC, a sentence about them; null where they have one. What is not well formed has no one meaning.</summary>
    public static string? Problem(in ToolArguments arguments)
    {
        MemberIndex index = default;
        return WellFormedCall.Problem(arguments, ref index);
    }

    /// <summary>Whether a decision came as far as the rules of the tool, which see the arguments.</summary>
    private static bool HasJudgedArguments(DecisionReason reason) =>
        reason is not (DecisionReason.MalformedCall or DecisionReason.NoPolicy or DecisionReason.Hidden or DecisionReason.DefaultDeny or DecisionReason.Denied);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>What an approval is bound to: calls that differ in anything a person has seen, or a rule has asked for, have different ones.</summary>
internal static class ApprovalFingerprint
{
    public static string Of(in ApprovalRequest request)
    {
        ToolCall call = request.Call;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.PolicyVersion);
        Append(hash, call.Grant?.Id);
        Append(hash, call.User);
        Append(hash, call.Server);
        Append(hash, call.Tool);
        Append(hash, CanonicalJson.Of(call.Arguments));
        foreach (string rule in request.Rules)
        {
            Append(hash, rule);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Each part with its length before it, so that no two lists of parts are one text; null is none of them.</summary>
    private static void Append(IncrementalHash hash, string? part)
    {
        // Not as UTF-8, which writes every half of a surrogate pair alike.
        ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(part.AsSpan());
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}

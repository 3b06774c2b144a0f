using System.Security.Cryptography;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Names a policy by its content.</summary>
internal static class PolicyVersion
{
    /// <summary><c>sha256:</c> and the hash of the bytes, in lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(utf8));
}

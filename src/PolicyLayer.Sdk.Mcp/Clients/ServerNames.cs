using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol.Client;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>What decisions call servers that the host has not named. Addresses and arguments may hold secrets, and two servers may differ in nothing else: of them a hash is told.</summary>
internal static class ServerNames
{
    private const int HashBytes = 4;

    /// <summary>A transport's own name, unless it is an address.</summary>
    public static string Of(IClientTransport transport) =>
        Uri.TryCreate(transport.Name, UriKind.Absolute, out Uri? address) && address.Authority.Length > 0 ? Of(address) : transport.Name;

    public static string Of(Uri address) => WithHash(address.Authority, [address.AbsoluteUri]);

    public static string Of(string command, IReadOnlyList<string> arguments) => WithHash(Path.GetFileName(command), [command, .. arguments]);

    private static string WithHash(string name, IEnumerable<string> all) =>
        $"{name}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', all))).AsSpan(0, HashBytes))}";
}

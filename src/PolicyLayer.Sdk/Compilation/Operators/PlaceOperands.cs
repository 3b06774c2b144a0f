using System.Net;
using System.Net.Sockets;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Reads the folders, hosts and networks of <c>path_in</c>, <c>host_in</c> and <c>ip_in</c>.</summary>
internal static class PlaceOperands
{
    public static Operator? Create(string op, Operand[] texts, out string? error)
    {
        switch (op)
        {
            case "path_in":
                return ReadAll(texts, ReadFolder, "is not a folder: write an absolute path such as `/srv/data`", out error) is { } folders ? new PathInOperator(folders) : null;
            case "host_in":
                return ReadAll(texts, ReadHost, "is not a host: write a name such as `example.com`, or `*.example.com` for all below it; no scheme, no port, and a name with `ß` or `ς`, which programs read in two ways, in its form with `xn--`", out error) is { } hosts ? new HostInOperator(hosts) : null;
            default:
                return ReadAll(texts, ReadNetwork, "is not a network: write an address such as `10.1.2.3`, or a network such as `10.0.0.0/8` whose address has no bits after its prefix", out error) is { } networks
                    ? new IpInOperator(Array.ConvertAll(networks, static network => network!.Value))
                    : null;
        }
    }

    private static T[]? ReadAll<T>(Operand[] texts, Func<string, T?> read, string problem, out string? error)
    {
        error = null;
        var all = new T[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (read(texts[i].Text) is not { } one)
            {
                error = $"`{texts[i].Text}` {problem}";
                return null;
            }

            all[i] = one;
        }

        return all;
    }

    private static string? ReadFolder(string text) =>
        PosixPath.TryNormalize(text, new char[text.Length + 1], out ReadOnlySpan<char> normal) && (normal.SequenceEqual(text) || normal.SequenceEqual(text.AsSpan(0, text.Length - 1)))
            ? normal.ToString()
            : null;

    private static string? ReadHost(string text)
    {
        bool isBelow = text.StartsWith("*.", StringComparison.Ordinal);
        string name = isBelow ? text[2..] : text;
        return !name.Contains("://", StringComparison.Ordinal) && HostReader.TryRead(name, stackalloc char[HostReader.LongestHost], out ReadOnlySpan<char> host, out IPAddress? address) && (!isBelow || address is null)
            ? $"{(isBelow ? "." : string.Empty)}{host}"
            : null;
    }

    private static IPNetwork? ReadNetwork(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return HostReader.TryRead(text.AsSpan(0, slash), stackalloc char[HostReader.LongestHost], out _, out IPAddress? address) && address is not null && IPNetwork.TryParse(text, out IPNetwork network) && network.BaseAddress.Equals(address) ? network : null;
        }

        return HostReader.TryRead(text, stackalloc char[HostReader.LongestHost], out _, out IPAddress? single) && single is not null
            ? new IPNetwork(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : null;
    }
}

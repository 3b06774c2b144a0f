using System.Diagnostics;
using System.Globalization;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>What <c>policylayer proxy</c> takes beside the server alone, and what its sessions hold: <c>… -- proxy</c>.</summary>
internal static class ProxyFigures
{
    private const int Calls = 20_000;
    private const int CallsATurn = 8;
    private const int Sessions = 1_000;
    private static readonly int[] InFlight = [1, 16];

    public static async Task PrintAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("proxy-figures-");
        try
        {
            string policy = Path.Combine(folder.FullName, "policy.json");
            await File.WriteAllBytesAsync(policy, BenchmarkPolicies.Text(100, BenchmarkPolicies.Limit));
            Turns.PrintHead();
            await PrintStdioAsync(policy);
            await PrintHttpAsync(policy);
            await PrintMemoryAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PrintStdioAsync(string policy)
    {
        string[] server = Roles.Of(Roles.StdioServer);
        using StdioPeer direct = await StdioPeer.StartAsync(server);
        using StdioPeer behind = await StdioPeer.StartAsync(Roles.Proxy(policy, ["--", .. server]));
        foreach (int inFlight in InFlight)
        {
            await Turns.PrintAsync([("stdio, the child alone", direct.CallAsync), ("stdio, through the proxy", behind.CallAsync)], inFlight, CallsATurn, Calls);
        }
    }

    private static async Task PrintHttpAsync(string policy)
    {
        Process server = Roles.StartWeb(Roles.Of(Roles.HttpServer), out Uri upstream);
        Process forwarder = Roles.StartWeb(Roles.Of(Roles.HttpForwarder, upstream.ToString()), out Uri passing);
        Process proxy = Roles.StartWeb(Roles.Proxy(policy, "--upstream", upstream.ToString(), "--listen", "http://127.0.0.1:0/mcp"), out Uri address);
        try
        {
            using HttpPeer direct = await HttpPeer.ConnectAsync(upstream);
            using HttpPeer forwarded = await HttpPeer.ConnectAsync(passing);
            using HttpPeer behind = await HttpPeer.ConnectAsync(address);
            foreach (int inFlight in InFlight)
            {
                await Turns.PrintAsync([("HTTP, the server alone", direct.CallAsync), ("HTTP, through a forwarder that looks at nothing", forwarded.CallAsync), ("HTTP, through the proxy", behind.CallAsync)], inFlight, CallsATurn, Calls);
            }
        }
        finally
        {
            Roles.End(proxy);
            Roles.End(forwarder);
            Roles.End(server);
        }
    }

    private static async Task PrintMemoryAsync()
    {
        Process server = Roles.StartWeb(Roles.Of(Roles.HttpServer), out Uri upstream);
        Process proxy = Roles.StartWeb(Roles.Of(Roles.HttpProxy, upstream.ToString()), out Uri address);
        try
        {
            using HttpPeer peer = await HttpPeer.ConnectAsync(address);
            var streams = new List<HttpResponseMessage>();
            await OpenAsync(peer, null);
            long before = Heap(proxy);
            await OpenAsync(peer, null);
            long open = Heap(proxy);
            await OpenAsync(peer, streams);
            long listening = Heap(proxy);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Sessions} sessions, a call in each: {(open - before) / (double)Sessions:0} bytes of heap a session"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Sessions} sessions with an open stream: {(listening - open) / (double)Sessions:0} bytes of heap a session"));
            streams.ForEach(static stream => stream.Dispose());
        }
        finally
        {
            Roles.End(proxy);
            Roles.End(server);
        }
    }

    private static async Task OpenAsync(HttpPeer peer, List<HttpResponseMessage>? streams)
    {
        for (int i = 0; i < Sessions; i++)
        {
            await peer.OpenAsync();
            await peer.CallAsync();
            streams?.Add(await peer.ListenAsync());
        }
    }

    private static long Heap(Process proxy)
    {
        proxy.StandardInput.WriteLine();
        return long.Parse(proxy.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }
}

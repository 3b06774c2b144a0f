using System.Diagnostics;
using System.Net.Sockets;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>A Redis of this run's own, which keeps what it has confirmed unless told otherwise.</summary>
internal sealed class RedisServer : ServerProcess
{
    private readonly bool _isForgetful;

    private RedisServer(bool isForgetful) => _isForgetful = isForgetful;

    public string Configuration => $"127.0.0.1:{Port}";

    /// <summary>For what a test asks of the server itself.</summary>
    public string AdminConfiguration => Configuration + ",allowAdmin=true";

    /// <summary>For a server that nobody kills: a machine that is busy with other tests may take longer than a second to connect.</summary>
    public string PatientConfiguration => Configuration + ",connectTimeout=30000";

    public static async Task<RedisServer> CreateAsync(bool isForgetful = false)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "Redis is not installed (Debian: redis-server)");
        var server = new RedisServer(isForgetful);
        await server.StartAsync();
        return server;
    }

    protected override ProcessStartInfo Command() => new(
        "/usr/bin/redis-server",
        ["--port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--appendonly", _isForgetful ? "no" : "yes", "--appendfsync", _isForgetful ? "everysec" : "always", "--loglevel", "warning"])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            byte[] answer = new byte[7];
            return await client.GetStream().ReadAtLeastAsync(answer, 7, throwOnEndOfStream: false) == 7 && answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using Npgsql;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>A PostgreSQL of this run's own. It refuses to run as root, so root runs it as <c>nobody</c>.</summary>
internal sealed class PostgresServer : ServerProcess
{
    private static readonly string? Bin = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=policylayer;Database=postgres;Timeout=15;Command Timeout=60;Pooling=true";

    private string Data => Path.Combine(Folder, "data");

    public static async Task<PostgresServer> CreateAsync()
    {
        Assert.SkipUnless(Bin is not null, "PostgreSQL is not installed (Debian: postgresql)");
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "nobody", server.Folder);
        }

        await RunAsync(AsNobody(Path.Combine(Bin, "initdb"), "--pgdata", server.Data, "--username", "policylayer", "--auth", "trust", "--no-sync"));
        await server.StartAsync();
        return server;
    }

    protected override ProcessStartInfo Command() => Quiet(AsNobody(
        Path.Combine(Bin!, "postgres"), "-D", Data, "-p", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={Folder}"));

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string[] AsNobody(params string[] command) => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command] : command;

    private static ProcessStartInfo Quiet(string[] command) => new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

    private static async Task RunAsync(params string[] command)
    {
        using Process process = Process.Start(Quiet(command))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}

using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>The proxy on stdio, and a server in Python behind it.</summary>
internal sealed class StdioProxyWay : IWay
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-ways-");
    private readonly Pipe _requests = new();
    private readonly Pipe _answers = new();
    private readonly Trail _trail = new();
    private readonly ServiceProvider _services;
    private readonly LineClient _client;
    private readonly Task<int> _running;

    private StdioProxyWay(WayCase of)
    {
        string listing = Path.Combine(_folder.FullName, "tools.json");
        File.WriteAllText(listing, of.Listing);
        _services = Guards.Provide(of, _trail);
        var proxy = new StdioToolPolicyProxy(
            _services.GetRequiredService<ToolGuard>(),
            new StdioToolPolicyProxyOptions { Command = "python3", Arguments = ["-S", "-E", Path.Combine(AppContext.BaseDirectory, "Ways", "Adapters", "upstream.py"), listing] });
        _client = new LineClient(_requests.Writer.AsStream(), _answers.Reader.AsStream());
        _running = proxy.RunAsync(_requests.Reader.AsStream(), _answers.Writer.AsStream(), TestContext.Current.CancellationToken);
    }

    /// <summary>Whether the server's language is there.</summary>
    public static bool IsPossible { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "python3")));

    public static async Task<IWay> OpenAsync(WayCase of)
    {
        var way = new StdioProxyWay(of);
        await way._client.OpenAsync();
        return way;
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        (string told, string? line) = await _client.CallForTextAsync(call);
        if (line is not null)
        {
            _trail.Run(McpAnswers.Ran(McpAnswers.Parse(line)));
        }

        return _trail.Take(told);
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.Writer.CompleteAsync();
        await _running;
        _client.Dispose();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

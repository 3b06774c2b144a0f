using System.Text;
using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>A client that writes its requests as lines, as they are.</summary>
internal sealed class LineClient(Stream requests, Stream answers) : IDisposable
{
    private readonly StreamReader _answers = new(answers, Encoding.UTF8);
    private int _id;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the session, and asks for the list of tools.</summary>
    public async Task OpenAsync()
    {
        await AskAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        await WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await AskAsync("tools/list", "{}");
    }

    public async Task<string> CallAsync(WayCall call) => McpAnswers.Told(call.Tool, await AskAsync("tools/call", call.Parameters));

    /// <summary>The same, and what the tool said; null where none ran.</summary>
    public async Task<(string Told, string? Text)> CallForTextAsync(WayCall call)
    {
        JsonElement answer = await AskAsync("tools/call", call.Parameters);
        string told = McpAnswers.Told(call.Tool, answer);
        return (told, told is ToldWords.Result or ToldWords.Failed ? answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString() : null);
    }

    public void Dispose() => _answers.Dispose();

    private async Task<JsonElement> AskAsync(string method, string parameters)
    {
        await WriteAsync($$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"{{method}}","params":{{parameters}}}""");
        while (true)
        {
            // Whoever is not answered at all is to see which case it was.
            JsonElement answer = JsonElement.Parse(await _answers.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token) ?? throw new EndOfStreamException($"no answer to {parameters}"));
            if (!answer.TryGetProperty("method", out _))
            {
                return answer;
            }
        }
    }

    private async Task WriteAsync(string line)
    {
        await requests.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Token);
        await requests.FlushAsync(Token);
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Mcp.Tests.Stdio;

/// <summary>The sample server as a process, and lines that are no messages, or far too long.</summary>
public sealed class OddLineTests : IDisposable
{
    private readonly string _audit = Path.GetTempFileName();

    [Fact(Timeout = 120_000)]
    public async Task Server_refuses_odd_lines_and_answers_the_next()
    {
        using Process server = SampleServer.Start(_audit);
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        await SayAsync(server, Encoding.UTF8.GetBytes(SampleServer.Initialize));
        await SayAsync(server, [0xFF, 0xFE, 0x00]);
        await SayAsync(server, Encoding.UTF8.GetBytes(new string('x', 20 << 20)));
        await SayAsync(server, Call(1, new string('x', 20 << 20)));
        await SayAsync(server, Call(2, "hello"));
        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (!answers.ContainsKey("1") || !answers.ContainsKey("2"))
        {
            JsonElement answer = JsonElement.Parse(await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException("the server ended"));
            answers[answer.GetProperty("id").ToString()] = answer;
        }

        Assert.Equal("malformed_call", answers["1"].GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision").GetProperty("reason").GetString());
        Assert.Equal("hello", answers["2"].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        server.StandardInput.Close();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Single(await File.ReadAllLinesAsync(_audit, TestContext.Current.CancellationToken), static line => line.Contains("\"kind\":\"outcome\"", StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(_audit);

    private static byte[] Call(int id, string text) => Encoding.UTF8.GetBytes($$$$"""{"jsonrpc":"2.0","id":{{{{id}}}},"method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{{text}}}}"}}}""");

    private static async Task SayAsync(Process server, byte[] line)
    {
        await server.StandardInput.BaseStream.WriteAsync((byte[])[.. line, (byte)'\n'], TestContext.Current.CancellationToken);
        await server.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
    }
}

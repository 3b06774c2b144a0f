using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

/// <summary>Whoever speaks oddly to a proxy gets an error or a denial, a real server behind it gets nothing, and the next message passes.</summary>
public sealed class OddMessageTests
{
    private const string Good = """{"jsonrpc":"2.0","id":"next","method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}}}""";

    public static TheoryData<string> Names => [.. OddMessages.All.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_line_reaches_no_server(string name)
    {
        Programs.NeedPython();
        (byte[] message, string answer) = OddMessages.All[name];
        var audit = new RecordingSink();
        Pipe input = new(new PipeOptions(pauseWriterThreshold: 0)), output = new();
        string seen = Path.GetTempFileName();
        Task<int> running = new StdioToolPolicyProxy(audit.Guard(OddMessages.Policy), new StdioToolPolicyProxyOptions
        {
            Command = "sh",
            Arguments = ["-c", "tee \"$1\" | exec python3 \"$0\"", Programs.Peer, seen],
        }).RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), Token);
        using var answers = new StreamReader(output.Reader.AsStream());
        await input.Writer.WriteAsync((byte[])[.. message, (byte)'\n', .. Encoding.UTF8.GetBytes(Good), (byte)'\n'], Token);
        if (answer != OddMessages.Dropped)
        {
            Assert.Equal(answer == "too long" ? OddMessages.Refused : answer, Describe((await answers.ReadLineAsync(Token))!));
        }

        Assert.Equal("good", Describe((await answers.ReadLineAsync(Token))!));
        await input.Writer.CompleteAsync();
        Assert.Equal(0, await running);
        Assert.Equal([Good], await File.ReadAllLinesAsync(seen, Token));
        Assert.Equal([ToolOutcome.Ok], audit.Outcomes);
        File.Delete(seen);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Odd_body_reaches_no_server(string name)
    {
        (byte[] message, string answer) = OddMessages.All[name];
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(OddMessages.Policy);
        var content = new ByteArrayContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using (HttpResponseMessage response = await proxy.SendAsync(HttpMethod.Post, content))
        {
            string body = await response.Content.ReadAsStringAsync(Token);
            Assert.Equal(answer, (int)response.StatusCode == 413 ? "too long" : Describe(body));
        }

        Assert.Contains("\"text\":\"good\"", (await proxy.SayAsync(Good)).Body, StringComparison.Ordinal);
        Assert.Equal([Good], proxy.Server.Bodies);
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    // What headers would repeat could not be compared with them, and the answer was a bare 500.
    [Theory]
    [InlineData("resources/read", "uri")]
    [InlineData("prompts/get", "name")]
    public async Task Half_of_a_character_where_headers_repeat_the_body_is_refused(string method, string member)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(OddMessages.Policy);
        string message = $$$$"""{"jsonrpc":"2.0","id":7,"method":"{{{{method}}}}","params":{"{{{{member}}}}":"\ud800"}}""";

        Assert.Equal(OddMessages.Refused, Describe((await proxy.SayAsync(message)).Body));
        Assert.Empty(proxy.Server.Bodies);
    }

    /// <summary>An answer as a test compares it: the reason of a denial, the code of an error and its id, or what a tool said.</summary>
    private static string Describe(string answer)
    {
        JsonElement read = JsonElement.Parse(answer);
        if (read.TryGetProperty("error", out JsonElement error))
        {
            return $"error {error.GetProperty("code")} {read.GetProperty("id").GetRawText()}";
        }

        JsonElement result = read.GetProperty("result");
        return (result.TryGetProperty("_meta", out JsonElement meta)
            ? meta.GetProperty("policylayer/decision").GetProperty("reason")
            : result.GetProperty("content")[0].GetProperty("text")).GetString()!;
    }
}

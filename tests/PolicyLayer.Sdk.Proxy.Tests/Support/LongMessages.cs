using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A call whose answer is longer than what is held, and what becomes of that.</summary>
internal static class LongMessages
{
    public const string Policy = """{ "version": "1", "default": "allow", "hide": ["secret"] }""";
    public const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";
    public const string Begin = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":" """;

    public static string Long { get; } = new('x', 100_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>All that the client gets of the call; the server ends its answer only when the client has its beginning.</summary>
    public static async Task<string> ReadWhileItComesAsync(HttpProxyUnderTest proxy, TaskCompletionSource seen)
    {
        using HttpResponseMessage response = await proxy.PostAsync(Call);
        Stream body = await response.Content.ReadAsStreamAsync(Token);
        byte[] text = new byte[1 << 16];
        await body.ReadExactlyAsync(text, Token);
        Assert.Empty(proxy.Audit.Outcomes);
        seen.SetResult();
        using var reader = new StreamReader(body);
        return Encoding.UTF8.GetString(text) + await reader.ReadToEndAsync(Token);
    }

    /// <summary>The client's answer is cut off, and its call is an error.</summary>
    public static async Task IsCutOffAsync(HttpProxyUnderTest proxy, params (string, string)[] headers)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => proxy.SayAsync(Call, headers));
        Assert.Equal([ToolOutcome.Error], proxy.Audit.Outcomes);
    }
}

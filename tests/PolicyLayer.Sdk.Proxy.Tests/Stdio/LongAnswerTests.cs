using System.Globalization;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>Answers on stdio that are too long to be held, with real processes.</summary>
public sealed class LongAnswerTests
{
    [Fact(Timeout = 120_000)]
    public async Task Answer_of_200_MB_passes_through_64_MB_of_memory()
    {
        Programs.NeedPython();
        const int Blocks = 3200;

        // The runtime gives the proxy no more: what holds the answer does not live.
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", [("DOTNET_GCHeapHardLimit", "0x4000000")], "--", "python3", Programs.Peer);
        await proxy.SayAsync(string.Create(CultureInfo.InvariantCulture, $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"huge","arguments":{"blocks":{{{{Blocks}}}} }}}"""));
        string line = (await proxy.ReadAsync())!;
        const string Begin = """{"result": {"content": [{"type": "text", "text": """ + "\"";
        const string End = "\"" + """}]}, "jsonrpc": "2.0", "id": 1}""";
        Assert.Equal(Begin.Length + (Blocks * 4096 * 17) + End.Length, line.Length);
        Assert.StartsWith(Begin + "0123456789abcde\\n0123", line, StringComparison.Ordinal);
        Assert.EndsWith("abcde\\n" + End, line, StringComparison.Ordinal);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""");
        Assert.Contains("\"id\":2", await proxy.ReadAsync(), StringComparison.Ordinal);
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.Equal(["ok", "ok"], proxy.Outcomes());
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>What client and server say: both by hand, so that what is measured is the proxy.</summary>
internal static class Messages
{
    public const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""";

    public const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private const string Initialized = """{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"benchmark","version":"1"}}""";

    private const string Listed = $$$"""{"tools":[{"name":"{{{BenchmarkPolicies.Tool}}}","inputSchema":{"type":"object","properties":{"currency":{"type":"string"},"amount":{"type":"integer"},"customer":{"type":"string"},"note":{"type":"string"}},"required":["amount"]}}]}""";

    private const string Called = """{"content":[{"type":"text","text":"done"}]}""";

    public static string Call(int id) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{BenchmarkPolicies.Tool}}}","arguments":{{{BenchmarkPolicies.Arguments}}}}}""");

    /// <summary>The server's answer.</summary>
    public static string Answer(string message)
    {
        JsonElement asked = JsonElement.Parse(message);
        string result = asked.GetProperty("method").ValueEquals("tools/call") ? Called : asked.GetProperty("method").ValueEquals("tools/list") ? Listed : Initialized;
        return $$$"""{"jsonrpc":"2.0","id":{{{asked.GetProperty("id").GetRawText()}}},"result":{{{result}}}}""";
    }

    /// <summary>The id of an answer that must not be a refusal.</summary>
    public static int IdOf(ReadOnlySpan<byte> answer)
    {
        JsonElement answered = JsonElement.Parse(answer);
        return answered.TryGetProperty("result", out JsonElement result) && !result.TryGetProperty("isError", out _)
            ? answered.GetProperty("id").GetInt32()
            : throw new InvalidOperationException($"a call is to be allowed here: {Encoding.UTF8.GetString(answer)}");
    }
}

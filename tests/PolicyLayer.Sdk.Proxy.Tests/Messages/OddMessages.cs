using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

/// <summary>Messages that no client of the protocol sends. Each tries to run <c>echo</c> with the text <c>evil</c>, or <c>secret</c>, past the policy.</summary>
internal static class OddMessages
{
    public const string Policy = """
        { "version": "1", "default": "deny", "hide": ["secret"],
          "tools": { "secret": {}, "echo": { "deny_if": [{ "name": "evil", "conditions": [{ "path": "args.text", "op": "eq", "value": "evil" }] }] } } }
        """;

    /// <summary>Dropped on stdio, where nobody can be told; over HTTP an error without an id.</summary>
    public const string Dropped = "error -32600 null";

    /// <summary>An error of the protocol for the id.</summary>
    public const string Refused = "error -32600 7";

    private const string Evil = """{"name":"echo","arguments":{"text":"evil"}}""";

    /// <summary>A name for each, the message, and its answer.</summary>
    public static IReadOnlyDictionary<string, (byte[] Message, string Answer)> All { get; } = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal)
    {
        ["a batch"] = (Text($"[{Of(Evil)},{Of(Evil)}]"), Dropped),
        ["arguments an array"] = (Call("""{"name":"echo","arguments":["evil"]}"""), "malformed_call"),
        ["arguments a text"] = (Call("""{"name":"echo","arguments":"{\"text\":\"evil\"}"}"""), "malformed_call"),
        ["arguments null"] = (Call("""{"name":"echo","arguments":null}"""), "malformed_call"),
        ["params an array"] = (Call("""["echo",{"text":"evil"}]"""), "malformed_call"),
        ["params a text"] = (Call("\"echo\""), "malformed_call"),
        ["params null"] = (Call("null"), "malformed_call"),
        ["params twice"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}},"params":{{{Evil}}}}"""), Refused),
        ["params by case"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}},"Params":{{{Evil}}}}"""), Refused),
        ["name twice"] = (Call("""{"name":"echo","name":"secret","arguments":{"text":"good"}}"""), "malformed_call"),
        ["name by case"] = (Call("""{"name":"echo","Name":"secret","arguments":{"text":"good"}}"""), "malformed_call"),
        ["method twice"] = (Text($$"""{"jsonrpc":"2.0","id":7,"method":"ping","method":"tools/call","params":{{Evil}}}"""), Refused),
        ["method by case beside another"] = (Text($$"""{"jsonrpc":"2.0","id":7,"method":"ping","Method":"tools/call","params":{{Evil}}}"""), Refused),
        ["method's value by case"] = (Text($$"""{"jsonrpc":"2.0","id":7,"method":"Tools/Call","params":{{Evil}}}"""), Refused),
        ["text twice"] = (Call("""{"name":"echo","arguments":{"text":"good","text":"evil"}}"""), "malformed_call"),
        ["twice, deep beside the call"] = (Call("""{"name":"echo","arguments":{"text":"good"},"_meta":{"a":{"b":1,"b":2}}}"""), "malformed_call"),
        ["no JSON"] = (Text("tools/call echo evil"), Dropped),
        ["cut short"] = (Text("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"evil"}}"""), Dropped),
        ["no character"] = ([.. Call(Evil)[..^1], .. ",\"x\":\""u8, 0xFF, .. "\"}"u8], Dropped),
        ["byte order mark"] = ([0xEF, 0xBB, 0xBF, .. Call(Evil)], Dropped),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Of(Evil)), Dropped),
        ["1,000 deep"] = (Call($$$"""{"name":"echo","arguments":{"text":"good","x":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}}"""), Refused),
        ["1,000 deep, cut short"] = (Call($$$"""{"name":"echo","arguments":{"text":"good","x":{{{new string('[', 1000)}}}{{{new string(']', 999)}}}}}"""), Dropped),
        ["1,000 deep, id twice"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"Id":8,"method":"tools/call","params":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}"""), Dropped),
        ["1,000 deep, an answer"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"result":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}"""), Dropped),
        ["1,000 deep, and more behind it"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{{new string('[', 1000)}}}{{{new string(']', 1000)}}}}{}"""), Dropped),
        ["20 MB"] = (Call($$$"""{"name":"echo","arguments":{"text":"{{{new string('x', 20 << 20)}}}"}}"""), "too long"),
        ["10 MB of a text"] = (Call($$$"""{"name":"echo","arguments":{"text":"{{{new string('x', 10 << 20)}}}"}}"""), "malformed_call"),
        ["id null"] = (Text($$"""{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{{Evil}}}"""), Dropped),
        ["id twice"] = (Text($$"""{"jsonrpc":"2.0","id":7,"id":8,"method":"tools/call","params":{{Evil}}}"""), Dropped),
        ["a notification"] = (Text($$"""{"jsonrpc":"2.0","method":"tools/call","params":{{Evil}}}"""), Dropped),
        ["an answer with a call in it"] = (Text($$$"""{"jsonrpc":"2.0","id":7,"result":{},"method":"tools/call","params":{{{Evil}}}}"""), "deny_if"),
        ["asks for a task"] = (Call("""{"name":"echo","arguments":{"text":"evil"},"task":{"ttl":1000}}"""), "deny_if"),
        ["name of another case"] = (Call("""{"name":"ECHO","arguments":{"text":"good"}}"""), "default_deny"),
        ["name with a look-alike"] = (Call("""{"name":"ech\u043e","arguments":{"text":"good"}}"""), "default_deny"),
        ["name with a space"] = (Call("""{"name":"echo ","arguments":{"text":"good"}}"""), "default_deny"),
        ["hidden"] = (Call("""{"name":"secret","arguments":{"text":"evil"}}"""), "default_deny"),
    };

    private static string Of(string parameters) => $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{parameters}}}""";

    private static byte[] Call(string parameters) => Text(Of(parameters));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}

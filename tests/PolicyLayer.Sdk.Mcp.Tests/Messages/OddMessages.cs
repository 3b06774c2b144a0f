namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>Messages that no client of the protocol sends. Each tries to run <c>echo</c> with the text <c>evil</c>, or <c>other</c>, which the policy denies.</summary>
internal static class OddMessages
{
    public const string Nothing = "nothing";

    /// <summary>No message at all: an error of the protocol where the id can be found, or no answer.</summary>
    public const string Unreadable = "error -32700";

    /// <summary>Denies <c>evil</c> and <c>other</c>; two calls run, no more.</summary>
    public const string Policy = """
        { "version": "1", "default": "deny",
          "tools": {
            "echo": {
              "require": [{ "name": "said", "conditions": [{ "path": "args.text", "op": "exists", "value": true }] }],
              "deny_if": [{ "name": "evil", "conditions": [{ "path": "args.text", "op": "in", "value": ["evil", "evil\ufffd"] }] }, { "name": "no text", "conditions": [{ "path": "args.text", "op": "contains", "value": "\ufffd\ufffd" }] }],
              "limits": [{ "counter": "runs", "window": "hour", "max": 2, "scope": "grant" }] },
            "other": { "action": "deny" } } }
        """;

    private const string Evil = """{"name":"echo","arguments":{"text":"evil"}}""";

    /// <summary>A name for each, the message, and its answer: a denial's reason, an error of the protocol, what the tool said, or nothing.</summary>
    public static IReadOnlyDictionary<string, (string Message, string Answer)> All { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["text twice"] = (Call("""{"name":"echo","arguments":{"text":"good","text":"evil"}}"""), "malformed_call"),
        ["text twice, the other way"] = (Call("""{"name":"echo","arguments":{"text":"evil","text":"good"}}"""), "malformed_call"),
        ["text twice, once escaped"] = (Call("""{"name":"echo","arguments":{"text":"good","\u0074ext":"evil"}}"""), "malformed_call"),
        ["text twice, by case"] = (Call("""{"name":"echo","arguments":{"text":"good","Text":"evil"}}"""), "invalid_arguments"),
        ["text by case"] = (Call("""{"name":"echo","arguments":{"Text":"evil"}}"""), "invalid_arguments"),
        ["arguments twice"] = (Call("""{"name":"echo","arguments":{"text":"good"},"arguments":{"text":"evil"}}"""), "error -32603"),
        ["arguments twice, the other way"] = (Call("""{"name":"echo","arguments":{"text":"evil"},"arguments":{"text":"good"}}"""), "error -32603"),
        ["Arguments by case"] = (Call("""{"name":"echo","Arguments":{"text":"evil"}}"""), "require_failed"),
        ["arguments and Arguments"] = (Call("""{"name":"echo","arguments":{"text":"good"},"Arguments":{"text":"evil"}}"""), "good"),
        ["name twice"] = (Call("""{"name":"echo","name":"other","arguments":{"text":"good"}}"""), "error -32603"),
        ["name twice, the other way"] = (Call("""{"name":"other","name":"echo","arguments":{"text":"evil"}}"""), "error -32603"),
        ["name and Name"] = (Call("""{"name":"echo","Name":"other","arguments":{"text":"good"}}"""), "good"),
        ["Name by case"] = (Call("""{"Name":"other","arguments":{"text":"good"}}"""), "error -32603"),
        ["params twice"] = ($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}},"params":{{{Evil}}}}""", "deny_if"),
        ["params and Params"] = ($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}},"Params":{{{Evil}}}}""", "good"),
        ["method twice"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"ping","method":"tools/call","params":{{Evil}}}""", "deny_if"),
        ["method twice, the other way"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","method":"ping","params":{{Evil}}}""", "something else"),
        ["Method by case"] = ($$"""{"jsonrpc":"2.0","id":7,"Method":"tools/call","params":{{Evil}}}""", Unreadable),
        ["method and Method"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"ping","Method":"tools/call","params":{{Evil}}}""", "something else"),
        ["Method and method"] = ($$"""{"jsonrpc":"2.0","id":7,"Method":"tools/call","method":"ping","params":{{Evil}}}""", "something else"),
        ["method and Method, a good call"] = ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","Method":"ping","params":{"name":"echo","arguments":{"text":"good"}}}""", "good"),
        ["method of another case"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"Tools/Call","params":{{Evil}}}""", "error -32601"),
        ["method with a space"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call ","params":{{Evil}}}""", "error -32601"),
        ["method escaped"] = ($$"""{"jsonrpc":"2.0","id":7,"method":"tools\/\u0063all","params":{{Evil}}}""", "deny_if"),
        ["no id"] = ($$"""{"jsonrpc":"2.0","method":"tools/call","params":{{Evil}}}""", Nothing),
        ["no id, a good call"] = ("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{"text":"good"}}}""", Nothing),
        ["id null"] = (WithId("null"), Unreadable),
        ["id a fraction"] = (WithId("1.5"), Unreadable),
        ["id true"] = (WithId("true"), Unreadable),
        ["id an object"] = (WithId("{}"), Unreadable),
        ["id an array"] = (WithId("[7]"), Unreadable),
        ["id empty"] = (WithId("\"\""), "deny_if"),
        ["id beyond 64 bits"] = (WithId("123456789012345678901234567890"), Unreadable),
        ["id twice"] = ($$"""{"jsonrpc":"2.0","id":6,"id":7,"method":"tools/call","params":{{Evil}}}""", "deny_if"),
        ["arguments null"] = (Call("""{"name":"echo","arguments":null}"""), "require_failed"),
        ["arguments an array"] = (Call("""{"name":"echo","arguments":["evil"]}"""), "error -32603"),
        ["arguments a text"] = (Call("""{"name":"echo","arguments":"evil"}"""), "error -32603"),
        ["arguments a number"] = (Call("""{"name":"echo","arguments":5}"""), "error -32603"),
        ["text null"] = (Call("""{"name":"echo","arguments":{"text":null}}"""), "invalid_arguments"),
        ["text an array"] = (Call("""{"name":"echo","arguments":{"text":["evil"]}}"""), "invalid_arguments"),
        ["half a surrogate pair"] = (Call("""{"name":"echo","arguments":{"text":"\ud800"}}"""), "error -32603"),
        ["params an array"] = (Call("""["echo",{"text":"evil"}]"""), "error -32603"),
        ["params null"] = (Call("null"), "default_deny"),
        ["params a text"] = (Call("\"echo\""), "error -32603"),
        ["no params"] = ("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""", "default_deny"),
        ["name null"] = (Call("""{"name":null,"arguments":{"text":"evil"}}"""), "default_deny"),
        ["name a number"] = (Call("""{"name":5,"arguments":{"text":"evil"}}"""), "error -32603"),
        ["name empty"] = (Call("""{"name":"","arguments":{"text":"evil"}}"""), "default_deny"),
        ["name with a space"] = (Call("""{"name":"echo ","arguments":{"text":"good"}}"""), "default_deny"),
        ["name of another case"] = (Call("""{"name":"ECHO","arguments":{"text":"good"}}"""), "default_deny"),
        ["name with a look-alike"] = (Call("""{"name":"ech\u043e","arguments":{"text":"good"}}"""), "default_deny"),
        ["name of a megabyte"] = (Call($$$"""{"name":"{{{new string('e', 1 << 20)}}}","arguments":{"text":"good"}}"""), "malformed_call"),
        ["arguments 70 deep"] = (Call($$$"""{"name":"echo","arguments":{"text":"good","x":{{{Deep(70)}}}}}"""), Unreadable),
        ["arguments 1,000 deep"] = (Call($$$"""{"name":"echo","arguments":{"text":"good","x":{{{Deep(1000)}}}}}"""), Unreadable),
        ["unknown members"] = ("""{"jsonrpc":"2.0","id":7,"x":1,"method":"tools/call","params":{"y":2,"name":"echo","_meta":{"z":3},"arguments":{"text":"evil"}}}""", "deny_if"),
        ["unknown members around a good call"] = ("""{"jsonrpc":"2.0","id":7,"x":{},"method":"tools/call","params":{"y":[],"name":"echo","arguments":{"text":"good"}}}""", "good"),
        ["asks for a task"] = (Call("""{"name":"echo","arguments":{"text":"evil"},"task":{"ttl":1000}}"""), "deny_if"),
        ["a batch"] = ($"[{Call(Evil)},{Call(Evil)}]", Unreadable),
        ["a batch of good calls"] = ($$$"""[{{{Call("""{"name":"echo","arguments":{"text":"good"}}""")}}}]""", Unreadable),
        ["no version"] = ($$"""{"id":7,"method":"tools/call","params":{{Evil}}}""", Unreadable),
        ["version 1.0"] = ($$"""{"jsonrpc":"1.0","id":7,"method":"tools/call","params":{{Evil}}}""", Unreadable),
        ["version twice"] = ($$"""{"jsonrpc":"2.0","jsonrpc":"1.0","id":7,"method":"tools/call","params":{{Evil}}}""", Unreadable),
        ["a request that is an answer too"] = ($$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{{Evil}}},"result":{}}""", "deny_if"),
        ["an answer that nobody asked for"] = ("""{"jsonrpc":"2.0","id":7,"result":{"name":"echo","arguments":{"text":"evil"}}}""", Nothing),
        ["an error that nobody asked for"] = ("""{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"evil"}}""", Nothing),
        ["cut short"] = ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"evil"}}""", Unreadable),
        ["two in one line"] = (Call(Evil) + Call(Evil), Unreadable),
        ["no JSON"] = ("tools/call echo evil", Unreadable),
        ["a comment"] = ("/* */" + Call(Evil), Unreadable),
    };

    private static string Call(string parameters) => $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{parameters}}}""";

    private static string WithId(string id) => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{{Evil}}}""";

    private static string Deep(int levels) => $"{new string('[', levels)}{new string(']', levels)}";
}

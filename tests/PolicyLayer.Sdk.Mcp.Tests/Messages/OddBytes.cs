using System.Text;

namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>Messages whose bytes are odd: of no encoding, of another, or far too many. Where they can be read at all, they ask for what the policy denies.</summary>
internal static class OddBytes
{
    private const string Evil = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"evil"}}}""";

    /// <summary>A name for each, the bytes, and the answers over a stream of lines and over HTTP, as in <see cref="OddMessages"/>.</summary>
    public static IReadOnlyDictionary<string, (byte[] Bytes, string Line, string Http)> All { get; } = new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal)
    {
        ["20 MB of text"] = (Text(Evil.Replace("evil", new string('e', 20 << 20), StringComparison.Ordinal)), "malformed_call", "malformed_call"),
        ["20 MB of spaces before the end"] = (Text(Evil[..^1] + new string(' ', 20 << 20) + "}"), "deny_if", "deny_if"),
        ["20 MB in a member that nobody knows"] = (Text(Evil[..^1] + ",\"x\":\"" + new string('x', 20 << 20) + "\"}"), "deny_if", "deny_if"),
        ["20 MB of nothing"] = (Text(new string('x', 20 << 20)), OddMessages.Unreadable, "status 400"),
        ["byte order mark"] = ([0xEF, 0xBB, 0xBF, .. Text(Evil)], OddMessages.Unreadable, "deny_if"),
        ["two byte order marks"] = ([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Text(Evil)], OddMessages.Unreadable, "status 400"),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Evil), OddMessages.Unreadable, "status 400"),
        ["UTF-16 with its mark"] = ([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Evil)], OddMessages.Unreadable, "status 400"),
        ["byte of no character beside the text"] = (With(0xFF, ",\"x\":\"?\"}"), "deny_if", "deny_if"),
        ["byte of no character in the argument"] = (Within(0xFF, "evil", "evil?"), "deny_if", "deny_if"),
        ["byte of no character in the argument's name"] = (Within(0xFF, "\"text\"", "\"text?\""), "invalid_arguments", "malformed_call"),
        ["byte of no character in the tool's name"] = (Within(0xFF, "\"echo\"", "\"echo?\""), "default_deny", "default_deny"),
        ["character of too many bytes in the argument"] = ([.. Text(Evil.Split("evil")[0]), 0xC1, 0xA5, .. Text("vil" + Evil.Split("evil")[1])], "deny_if", "deny_if"),
        ["half a character, of a pair, in the argument"] = ([.. Text(Evil.Split("evil")[0]), 0xED, 0xA0, 0x80, .. Text(Evil.Split("evil")[1])], "deny_if", "deny_if"),
        ["byte of no character in a key"] = (With(0xFF, ",\"?\":1}"), "deny_if", "status 400"),
        ["byte of no character outside of texts"] = (With(0xFF, "?}"), OddMessages.Unreadable, "status 400"),
        ["NUL outside of texts"] = (With(0, "?}"), OddMessages.Unreadable, "status 400"),
        ["NUL in a text"] = (With(0, ",\"x\":\"?\"}"), OddMessages.Unreadable, "status 400"),
        ["1,000 deep beside the call"] = (Text(Evil[..^1] + ",\"x\":" + new string('[', 1000) + new string(']', 1000) + "}"), OddMessages.Unreadable, "status 400"),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The call with another end, in which a byte stands for the question mark.</summary>
    private static byte[] With(byte odd, string end) => [.. Text(Evil[..^1] + end).Select(one => one == (byte)'?' ? odd : one)];

    private static byte[] Within(byte odd, string part, string instead) => [.. Text(Evil.Replace(part, instead, StringComparison.Ordinal)).Select(one => one == (byte)'?' ? odd : one)];
}

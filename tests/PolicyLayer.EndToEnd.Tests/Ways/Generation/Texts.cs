namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Values as they are written in JSON, each beside others that some reader takes for it.</summary>
internal static class Texts
{
    /// <summary>Names of arguments, with their quotes.</summary>
    public static readonly string[] Names = ["\"amount\"", "\"text\"", "\"items\"", "\"opts\"", "\"a.b\"", "\"\"", "\"é\"", "\"grant\"", "\"0\"", "\"x/y~z\"", "\"*\""];

    /// <summary>Numbers: in a row those that differ in spelling alone.</summary>
    public static readonly string[][] Numbers =
    [
        ["0", "-0", "0.0", "0e5", "-0.0E-3"],
        ["1", "1.0", "1e0", "10e-1", "1.000000"],
        ["100", "1e2", "1E+2", "100.0", "1000e-1"],
        ["9007199254740993", "9007199254740993.0", "9.007199254740993e15"],
        ["9007199254740992", "9007199254740992.00", "9007199254740992e0"],
        ["0.1", "1e-1", "0.10", "0.01e1"],
        ["0.30000000000000004"],
        ["0.3", "3e-1"],
        ["-1", "-1.0", "-1e0"],
        ["18446744073709551616", "1.8446744073709551616e19"],
        ["1e400", "10e399"],
        ["1e-400", "0.1e-399"],
        ["99", "99.0"],
        ["100.000001", "1.00000001e2"],
        ["0.0000001", "1e-7"],
        ["2", "2.0"],
        ["3", "0.3e1"],
    ];

    /// <summary>Texts: in a row those that differ in spelling alone.</summary>
    public static readonly string[][] Strings =
    [
        ["\"usd\"", "\"\\u0075sd\"", "\"us\\u0064\""],
        ["\"USD\"", "\"\\u0055SD\""],
        ["\"u\u017Fd\"", "\"u\\u017fd\""],
        ["\"é\"", "\"\\u00e9\"", "\"\\u00E9\""],
        ["\"e\u0301\"", "\"e\\u0301\""],
        ["\"😀\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\""],
        ["\"\""],
        ["\"\\u0000\""],
        ["\"a\\/b\"", "\"a/b\"", "\"a\\u002fb\""],
        ["\"\\\\\"", "\"\\u005c\""],
        ["\"\\n\"", "\"\\u000a\""],
        ["\"\uFFFD\"", "\"\\ufffd\""],
        ["\"k\""],
        ["\"\u212A\"", "\"\\u212a\""],
        ["\"1\"", "\"\\u0031\""],
        ["\"1.0\""],
        ["\"true\""],
        ["\"null\""],
        ["\"/srv/data/a\"", "\"\\/srv\\/data\\/a\""],
        ["\"/srv/data/../etc\""],
        ["\"/srv/data/./a/../b\""],
        ["\"https://www.example.org/a\"", "\"https:\\/\\/www.example.org\\/a\""],
        ["\"https://example.org@evil.test/\""],
        ["\"WWW.EXAMPLE.ORG\""],
        ["\"http://10.1.2.3/\""],
        ["\"10.1.2.3\""],
        ["\"[::1]\""],
        ["\"feat/a\""],
        ["\"docs/a/b.md\""],
        ["\"v12\""],
        ["\"v12\\n\""],
        ["\"<script>&'\""],
        ["\"\u2028\"", "\"\\u2028\""],
        ["\"\uE000\""],
        ["\"abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz\""],
    ];

    public static readonly string[] Scalars = ["true", "false", "null"];

    public static readonly string[] Nested =
    [
        "[]", "{}", "[[]]", "[1]", "[1,2]", "[1.0,100]", "[\"usd\"]", "[\"usd\",\"rm\"]", "[null]", "[[1]]", "[{\"price\":1},{\"price\":1e2}]", "[{\"price\":1},{}]", "[{\"price\":\"1\"}]",
        "{\"price\":1}", "{\"price\":100.0,\"\":0}", "{\"a\":{\"b\":1}}", "{\"a\":{\"B\":1}}", "{\"a.b\":1}", "{\"a\":null}", "{\"é\":\"é\"}", "[1,1.0]", "{ \"a\" : [ 1 , 2 ] }",
        "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "{\"id\":\"default\"}",
    ];

    public static readonly string[] Paths =
    [
        "args.amount", "args.text", "args.items", "args.opts", "args.é", "args.grant", "args.0", "/a.b", "/", "/x~1y~0z", "/*", "args.items.0", "args.items.*", "args.items.*.price", "args.opts.a.b",
        "args.opts.a", "args.opts.price", "args.opts.*", "args.*", "/opts/", "grant.id", "args.grant.id", "tool.name", "tool.annotations.readOnlyHint", "time.hour", "time.utc", "user.id", "session.id",
    ];

    /// <summary>Arguments that two readers may take for two things, or that are no object.</summary>
    public static readonly string[] OddArguments =
    [
        "null", "[]", "[{\"amount\":1}]", "\"usd\"", "5", "true",
        "{\"amount\":1,\"amount\":100}", "{\"amount\":100,\"amount\":1}", "{\"amount\":1,\"amount\":1}", "{\"text\":\"usd\",\"\\u0074ext\":\"eur\"}", "{\"opts\":{\"a\":1,\"a\":2}}", "{\"opts\":{\"a\":1,\"\\u0061\":2}}",
        "{\"items\":[{\"price\":1,\"price\":1e2}]}",
        "{\"text\":\"\\ud800\"}", "{\"text\":\"\\udc00\\ud800\"}", "{\"\\ud800\":1}", "{\"opts\":{\"\\ud800\":1}}", "{\"opts\":{\"\\udfff\":1},\"amount\":1}", "{\"items\":[\"\\udbff\"]}", "{\"text\":\"\\ud83d\",\"text\":\"usd\"}",
        $"{{\"items\":{new string('[', 63)}{new string(']', 63)}}}", $"{{\"items\":{new string('[', 64)}{new string(']', 64)}}}", $"{{\"items\":{new string('[', 60)}{new string(']', 60)}}}",
    ];
}

using System.Text.Json;

namespace PolicyLayer.Sdk.Tests;

public sealed class SmokeTests(ITestOutputHelper output)
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["delete_*"],
          "tools": {
            "run_python_code": {
              "arguments": { "type": "object", "required": ["code"], "additionalProperties": false,
                "properties": { "code": { "type": "string", "maxLength": 10 }, "timeout": { "type": "integer", "minimum": 1, "maximum": 15 } } },
              "deny_if": [{ "conditions": [{ "path": "args.code", "op": "regex", "value": "rm\\s+-rf$" }], "on_deny": "no" }],
              "limits": [{ "counter": "rate", "window": "minute", "max": 2, "scope": "grant" }] } } }
        """;

    [Fact]
    public async Task Everything()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Policy));
        foreach (string arguments in new[] { "{}", "{\"code\":\"1\"}", "{\"code\":1}", "{\"code\":\"12345678901\"}", "{\"code\":\"1\",\"x\":2}", "{\"code\":\"rm -rf\"}", "{\"code\":\"1\",\"code\":\"2\"}", "[]", "{\"code\":\"2\"}", "{\"code\":\"3\"}" })
        {
            ToolDecision d = await guard.AuthorizeAsync(new ToolCall(Grant.Default, "run_python_code", JsonElement.Parse(arguments)), TestContext.Current.CancellationToken);
            using var stream = new MemoryStream();
            using (var w = new Utf8JsonWriter(stream))
            {
                d.WriteTo(w);
            }

            output.WriteLine(arguments + " " + System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        }

        var e = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse("{\n \"version\": 1,\n \"defalt\": \"deny\", \"tools\": { \"a\": { \"deny_if\": [ { \"conditions\": [ { \"path\": \"arg.x\", \"op\": \"eqq\", \"value\": 1 } ] } ], \"arguments\": { \"requried\": [] } } } }"));
        output.WriteLine(e.Message);
    }
}

using System.Text.Json;
using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>A schema that cannot be enforced denies every call of its tool, and somebody is told, once.</summary>
public sealed class UnenforceableSchemaTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("""{ "type": "strin" }""")]
    [InlineData("""{ "$ref": "https://example.com/elsewhere.json" }""")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/nowhere" } } }""")]
    [InlineData("""{ "properties": { "a": { "pattern": "(a)\\1" } } }""")]
    [InlineData("""{ "properties": { "a": {}, "a": {} } }""")]
    public void Schema_that_cannot_be_compiled_denies_every_call(string schema)
    {
        var compiled = ToolSchema.Compile(JsonElement.Parse(schema));
        Assert.NotNull(compiled.Problem);
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);
        ToolDecision decision = guard.Decide(Call(compiled));
        Assert.Equal((DecisionReason.InvalidArguments, "(input schema)"), (decision.Reason, decision.Rule));
        Assert.Equal("The input schema of this tool cannot be enforced here, so every call of it is refused. Do not try it again.", decision.Message);
        Assert.Equal(compiled.Problem, guard.Explain(decision, showValues: false).Checks.Single(static check => check.Name == "arguments").Detail);
    }

    [Fact]
    public void Schema_that_is_not_there_cannot_be_enforced() => Assert.Equal("there is none", ToolSchema.Compile(default).Problem);

    [Fact]
    public void Problem_is_logged_once()
    {
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], logger: logger);
        var broken = ToolSchema.Compile(JsonElement.Parse("""{ "type": "strin" }"""));
        guard.Decide(Call(broken));
        guard.Decide(Call(broken));
        string told = Assert.Single(logger.Entries, static entry => entry.Level == LogLevel.Error).Text;
        Assert.Contains("tool t cannot be enforced, so every call of it is denied: /type:", told, StringComparison.Ordinal);
    }

    private static ToolCall Call(ToolSchema schema) => Judging.Call("t", "{}") with { Context = new ToolCallContext { InputSchema = schema } };
}

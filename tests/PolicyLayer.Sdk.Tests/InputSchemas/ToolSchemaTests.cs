using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>A tool's own schema is check 5, behind the schemas of the policies.</summary>
public sealed class ToolSchemaTests
{
    private const string Schema = """
        { "type": "object", "required": ["path"],
          "properties": { "path": { "type": "string" }, "times": { "type": "integer" }, "opts": { "type": "object", "properties": { "path": { "type": "string" } } } } }
        """;

    private const string Draft7 = "\"$schema\": \"http://json-schema.org/draft-07/schema#\"";

    private static readonly ToolGuard Open = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);

    [Theory]
    [InlineData("""{ "path": "/etc/passwd", "times": 1, "opts": { "path": "a", "other": 2 } }""", null)]
    [InlineData("{}", "`path` is required but missing")]
    [InlineData("""{ "path": "/etc/passwd", "times": "7" }""", "`times` must be an integer, not a string")]
    [InlineData("""{ "path": "/etc/passwd", "more": 1 }""", "`more` is not allowed here; allowed: `path`, `times`, `opts`")]
    [InlineData("""{ "path": "a", "PATH": "/etc/passwd" }""", "`PATH` must be spelt `path`")]
    [InlineData("""{ "path": "a", "opts": { "PATH": "/etc/passwd" } }""", "`opts.PATH` must be spelt `path`")]
    [InlineData("""{ "path": "a", "opts": { "\u0050ath": "/etc/passwd" } }""", "`opts.Path` must be spelt `path`")]
    public void Arguments_are_held_to_the_schema_and_the_message_says_what_to_correct(string arguments, string? problem)
    {
        ToolDecision decision = Open.Decide(Call(arguments, Schema));
        ToolDecision ofMembers = Open.Decide(Call(arguments, Schema, asMembers: true));
        Assert.Equal((decision.Reason, decision.Rule, decision.Message), (ofMembers.Reason, ofMembers.Rule, ofMembers.Message));
        if (problem is null)
        {
            Assert.Equal(DecisionReason.Allowed, decision.Reason);
            return;
        }

        Assert.Equal((DecisionReason.InvalidArguments, "(input schema)", null), (decision.Reason, decision.Rule, decision.Layer));
        Assert.Equal($"The arguments are not valid: {problem}. Correct them and call again.", decision.Message);
        Assert.DoesNotContain("passwd", decision.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_that_is_not_strict_lets_undeclared_arguments_pass_but_no_other_case()
    {
        Assert.True(Open.Decide(Call("""{ "path": "a", "more": 1 }""", Schema, strict: false)).IsAllowed);
        Assert.Equal(DecisionReason.InvalidArguments, Open.Decide(Call("""{ "path": "a", "Times": 1 }""", Schema, strict: false)).Reason);
    }

    [Theory]
    [InlineData("""{ "additionalProperties": true }""", """{ "x": 1 }""", true)]
    [InlineData("""{ "additionalProperties": { "type": "integer" } }""", """{ "x": 1 }""", true)]
    [InlineData("""{ "additionalProperties": { "type": "integer" } }""", """{ "x": "1" }""", false)]
    [InlineData("""{ "type": "object" }""", """{ "x": 1 }""", false)]
    [InlineData("{}", "{}", true)]
    [InlineData("""{ "patternProperties": { "^x": { "type": "integer" } } }""", """{ "xy": 1 }""", true)]
    [InlineData("""{ "patternProperties": { "^x": { "type": "integer" } } }""", """{ "y": 1 }""", false)]
    [InlineData("""{ "properties": { "a": {} }, "allOf": [{ "properties": { "b": {} } }] }""", """{ "a": 1, "b": 1 }""", true)]
    [InlineData("""{ "properties": { "a": {} }, "allOf": [{ "properties": { "b": {} } }] }""", """{ "a": 1, "c": 1 }""", false)]
    [InlineData("""{ "$ref": "#/$defs/a", "$defs": { "a": { "properties": { "b": {} } } } }""", """{ "b": 1 }""", true)]
    [InlineData("""{ "$ref": "#/$defs/a", "$defs": { "a": { "properties": { "b": {} } } } }""", """{ "c": 1 }""", false)]
    [InlineData("""{ "properties": { "a": {}, "b": {} }, "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }""", """{ "a": 1 }""", true)]
    [InlineData("""{ "anyOf": [{ "additionalProperties": true }, {}] }""", """{ "a": 1 }""", true)]
    [InlineData("""{ "unevaluatedProperties": { "type": "integer" } }""", """{ "a": 1 }""", true)]
    [InlineData($$"""{ {{Draft7}}, "properties": { "a": {} }, "allOf": [{ "properties": { "b": {} } }] }""", """{ "a": 1, "b": 1 }""", true)]
    [InlineData($$"""{ {{Draft7}}, "properties": { "a": {} }, "allOf": [{ "properties": { "b": {} } }] }""", """{ "a": 1, "c": 1 }""", false)]
    [InlineData($$"""{ {{Draft7}}, "propertyNames": { "maxLength": 1 }, "anyOf": [{ "additionalProperties": true }] }""", """{ "c": 1 }""", true)]
    [InlineData($$"""{ {{Draft7}}, "$ref": "#/definitions/a", "definitions": { "a": { "properties": { "b": {} } } } }""", """{ "b": 1 }""", true)]
    [InlineData($$"""{ {{Draft7}}, "$ref": "#/definitions/a", "definitions": { "a": { "properties": { "b": {} } } } }""", """{ "c": 1 }""", false)]
    [InlineData("true", """{ "x": 1 }""", false)]
    [InlineData("true", "{}", true)]
    [InlineData("false", "{}", false)]
    public void Strict_schema_asks_what_is_said_of_other_arguments(string schema, string arguments, bool allowed) =>
        Assert.Equal(allowed, Open.Decide(Call(arguments, schema)).IsAllowed);

    // Where nothing is declared in the members, and whatever is said of others.
    [Theory]
    [InlineData("""{ "properties": { "path": {} } }""", true)]
    [InlineData("""{ "properties": { "path": {} } }""", false)]
    [InlineData("""{ "properties": { "path": {} }, "additionalProperties": true }""", true)]
    [InlineData("""{ "properties": { "path": {} }, "additionalProperties": { "type": "string" } }""", true)]
    [InlineData("""{ "properties": { "path": {} }, "patternProperties": { "": {} }, "additionalProperties": false }""", true)]
    [InlineData("""{ "properties": { "Path": {} }, "additionalProperties": true, "allOf": [{ "properties": { "path": {} } }], "not": { "required": ["Path"] } }""", true)]
    [InlineData("""{ "allOf": [{ "properties": { "path": {} } }], "unevaluatedProperties": { "type": "string" } }""", true)]
    [InlineData("""{ "allOf": [{ "properties": { "path": {} } }, { "additionalProperties": true }] }""", true)]
    [InlineData("""{ "additionalProperties": { "not": {} }, "properties": { "path": {} } }""", true)]
    public void Name_in_another_case_is_denied_in_every_flat_schema(string schema, bool strict)
    {
        foreach (bool asMembers in new[] { false, true })
        {
            Assert.True(Open.Decide(Call("""{ "path": "a" }""", schema, strict, asMembers)).IsAllowed);
            Assert.Equal(DecisionReason.InvalidArguments, Open.Decide(Call("""{ "Path": "a" }""", schema, strict, asMembers)).Reason);
            Assert.Equal(DecisionReason.InvalidArguments, Open.Decide(Call("""{ "path": "a", "PATH": "b" }""", schema, strict, asMembers)).Reason);
        }
    }

    [Fact]
    public void Policies_schemas_come_before_the_tools_and_the_tools_before_conditions()
    {
        const string Wrong = """{ "path": 5 }""";
        ToolDecision byPolicy = Judging.Guard([Judging.Tools("""{ "t": { "arguments": { "required": ["times"] }, "deny_if": [{ "conditions": [] }] } }""")]).Decide(Call(Wrong, Schema));
        Assert.Equal("/tools/t/arguments", byPolicy.Rule);
        ToolGuard second = Judging.Guard([Judging.Tools("""{ "t": { "deny_if": [{ "conditions": [] }] } }"""), Judging.Tools("""{ "t": { "arguments": false } }""", "second")]);
        Assert.Equal("(input schema)", second.Decide(Call(Wrong, Schema)).Rule);
        Assert.Equal("/tools/t/deny_if/0", second.Decide(Call("""{ "path": "a" }""", Schema)).Rule);
        ToolGuard denied = Judging.Guard([Judging.Tools("""{ "t": { "action": "deny" } }""")]);
        Assert.Equal(DecisionReason.Denied, denied.Decide(Call(Wrong, Schema)).Reason);
    }

    [Fact]
    public void Schema_of_a_hidden_tool_is_not_told()
    {
        ToolGuard guard = Judging.Guard([Judging.Policy(""" "default": "allow", "hide": ["t"] """)]);
        ToolDecision decision = guard.Decide(Call("""{ "path": 5 }""", Schema));
        Assert.True(decision.AnswerAsUnknownTool);
    }

    [Fact]
    public void Explanation_shows_the_check()
    {
        ToolDecision decision = Open.Decide(Call("""{ "path": "a", "opts": { "PATH": "b" } }""", Schema));
        ExplainedCheck check = Open.Explain(decision, showValues: false).Checks.Single(static check => check.Name == "arguments");
        Assert.Equal(("refused", "(input schema)", "`opts.PATH` must be spelt `path`"), (check.Outcome, check.Rule, check.Detail));
        ToolDecision allowed = Open.Decide(Call("""{ "path": "a" }""", Schema));
        Assert.Equal("passed", Open.Explain(allowed, showValues: false).Checks.Single(static check => check.Name == "arguments").Outcome);
    }

    private static ToolCall Call(string arguments, string schema, bool strict = true, bool asMembers = false)
    {
        JsonElement element = JsonElement.Parse(arguments);
        return new ToolCall(Grant.Default, "t", asMembers ? new ToolArguments(element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value)) : element)
        {
            Context = new ToolCallContext { InputSchema = ToolSchema.Compile(JsonElement.Parse(schema), strict) },
        };
    }
}

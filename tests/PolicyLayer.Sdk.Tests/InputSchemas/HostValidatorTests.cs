using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>A host's validator is asked where a tool's own schema would be, and never lets a call through by failing.</summary>
public sealed class HostValidatorTests
{
    [Fact]
    public void From_null_is_refused() => Assert.Throws<ArgumentNullException>(static () => ToolSchema.From(null!));

    [Fact]
    public void Decide_arguments_that_hold_are_allowed() => Assert.True(Decide(static _ => null, """{ "a": 1 }""").IsAllowed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_problem_denies_with_its_text(bool asMembers)
    {
        ToolDecision decision = Decide(static arguments => arguments.GetProperty("a").GetInt32() == 2 ? new ArgumentProblem("`a` must be odd") : null, """{ "a": 2 }""", asMembers: asMembers);
        Assert.Equal((DecisionReason.InvalidArguments, "(input schema)"), (decision.Reason, decision.Rule));
        Assert.Equal("The arguments are not valid: `a` must be odd. Correct them and call again.", decision.Message);
    }

    [Fact]
    public void Decide_exception_denies_and_its_text_stays_hidden()
    {
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], logger: logger);
        ToolDecision decision = guard.Decide(Call(static _ => throw new InvalidOperationException("secret-4711"), "{}"));
        Assert.Equal((DecisionReason.InvalidArguments, "(input schema)"), (decision.Reason, decision.Rule));
        Assert.Equal("The arguments could not be checked, so the call was refused. Do not try it again.", decision.Message);
        Assert.DoesNotContain("4711", JsonSerializer.Serialize(guard.Explain(decision, showValues: true).Checks), StringComparison.Ordinal);
        Assert.DoesNotContain(logger.Entries, static entry => entry.Text.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_validator_that_changes_its_mind_denies_all_the_same()
    {
        int asked = 0;
        Assert.Equal(DecisionReason.InvalidArguments, Decide(_ => asked++ == 0 ? new ArgumentProblem("no") : null, "{}").Reason);
    }

    [Fact]
    public void Decide_policy_speaks_first()
    {
        bool isAsked = false;
        ToolDecision decision = Decide(_ => { isAsked = true; return null; }, """{ "a": 1 }""", """{ "arguments": { "properties": { "a": { "type": "string" } } } }""");
        Assert.Equal(DecisionReason.InvalidArguments, decision.Reason);
        Assert.NotEqual("(input schema)", decision.Rule);
        Assert.False(isAsked);
    }

    [Fact]
    public void Decide_absent_arguments_are_an_empty_object()
    {
        JsonValueKind seen = default;
        var validator = new Validator(arguments => { seen = arguments.ValueKind; return null; });
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);
        Assert.True(guard.Decide(new ToolCall(Grant.Default, "t", default) { Context = new ToolCallContext { InputSchema = ToolSchema.From(validator) } }).IsAllowed);
        Assert.Equal(JsonValueKind.Object, seen);
    }

    [Fact]
    public void Decide_text_of_a_problem_is_shortened_and_on_one_line()
    {
        string message = Decide(static _ => new ArgumentProblem("a\n" + new string('b', 5000)), "{}").Message!;
        Assert.Contains("a\\u000A", message, StringComparison.Ordinal);
        Assert.True(message.Length < 1100);
    }

    [Fact]
    public void Explain_shows_the_check()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);
        ToolDecision decision = guard.Decide(Call(static _ => new ArgumentProblem("`a` is missing"), "{}"));
        ExplainedCheck check = guard.Explain(decision, showValues: false).Checks.Single(static check => check.Name == "arguments");
        Assert.Equal(("refused", "(input schema)", "`a` is missing"), (check.Outcome, check.Rule, check.Detail));
    }

    [Fact]
    public void ArgumentProblem_empty_text_is_refused() => Assert.Throws<ArgumentException>(static () => new ArgumentProblem(" "));

    [Theory]
    [InlineData("""{ "a": "x" }""", "`a` must be a number", false)]
    [InlineData("""{ "a": 1 }""", "no", true)]
    public void With_both_must_hold_and_the_schema_speaks_first(string arguments, string problem, bool isAsked)
    {
        bool asked = false;
        var validator = new Validator(_ => { asked = true; return new ArgumentProblem("no"); });
        ToolSchema schema = ToolSchema.Compile(JsonElement.Parse("""{ "properties": { "a": { "type": "number" } } }""")).With(validator);
        ToolDecision decision = Judging.Guard([Judging.Tools("""{ "t": {} }""")]).Decide(Call(schema, arguments));
        Assert.Equal(DecisionReason.InvalidArguments, decision.Reason);
        Assert.Contains(problem, decision.Message, StringComparison.Ordinal);
        Assert.Equal(isAsked, asked);
    }

    [Fact]
    public void With_schema_that_cannot_be_enforced_denies_all_the_same()
    {
        ToolSchema schema = ToolSchema.Compile(JsonElement.Parse("""{ "type": "sting" }""")).With(new Validator(static _ => null));
        Assert.NotNull(schema.Problem);
        Assert.Equal(DecisionReason.InvalidArguments, Judging.Guard([Judging.Tools("""{ "t": {} }""")]).Decide(Call(schema, "{}")).Reason);
    }

    [Fact]
    public void Enforcement_keeps_what_options_said()
    {
        JsonElement schema = JsonElement.Parse("""{ "type": "object" }""");
        var validators = new Dictionary<string, IArgumentValidator> { ["t"] = new Validator(static _ => null) };
        var enforcement = new ToolSchemaEnforcement(enforceSchemas: false, strict: true, validators);
        validators.Clear();
        Assert.NotNull(enforcement.Compile("t", schema));
        Assert.Null(enforcement.Compile("T", schema));
        Assert.NotNull(enforcement.FindUnlisted("t"));
        Assert.Null(enforcement.FindUnlisted("other"));
        Assert.NotNull(new ToolSchemaEnforcement(enforceSchemas: true, strict: true, []).Compile("t", default)!.Problem);
    }

    [Fact]
    public void Enforcement_is_equal_where_it_enforces_the_same()
    {
        var validator = new Validator(static _ => null);
        Assert.Equal(ToolSchemaEnforcement.None, new ToolSchemaEnforcement(enforceSchemas: false, strict: true, []));
        Assert.Equal(Of("t", validator), Of("t", validator));
        Assert.NotEqual(Of("t", validator), Of("T", validator));
        Assert.NotEqual(Of("t", validator), Of("t", new Validator(static _ => null)));
        Assert.NotEqual(Of("t", validator), ToolSchemaEnforcement.None);

        static ToolSchemaEnforcement Of(string tool, IArgumentValidator validator) => new(enforceSchemas: false, strict: false, [new(tool, validator)]);
    }

    private static ToolCall Call(ToolSchema schema, string arguments) =>
        new(Grant.Default, "t", JsonElement.Parse(arguments)) { Context = new ToolCallContext { InputSchema = schema } };

    private static ToolDecision Decide(Func<JsonElement, ArgumentProblem?> validate, string arguments, string rules = "{}", bool asMembers = false) =>
        Judging.Guard([Judging.Tools($$"""{ "t": {{rules}} }""")]).Decide(Call(validate, arguments, asMembers));

    private static ToolCall Call(Func<JsonElement, ArgumentProblem?> validate, string arguments, bool asMembers = false)
    {
        JsonElement element = JsonElement.Parse(arguments);
        return new ToolCall(Grant.Default, "t", asMembers ? new ToolArguments(element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value)) : element)
        {
            Context = new ToolCallContext { InputSchema = ToolSchema.From(new Validator(validate)) },
        };
    }

    private sealed class Validator(Func<JsonElement, ArgumentProblem?> validate) : IArgumentValidator
    {
        public ArgumentProblem? Validate(JsonElement arguments) => validate(arguments);
    }
}

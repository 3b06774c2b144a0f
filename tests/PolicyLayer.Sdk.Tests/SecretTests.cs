using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests;

/// <summary>The value of an argument reaches no message, no record, no log, no metric and no span, whatever happens to the call.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "hunter2-S3CRET";
    private const string SecretNumber = "73519284650";

    private readonly HeardMetrics _metrics = new();
    private readonly HeardSpans _spans = new();

    public static TheoryData<string, string> Denials => new()
    {
        { "\"action\": \"deny\"", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": { \"type\": \"integer\" } } }", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": { \"maxLength\": 3 } } }", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": { \"enum\": [1, \"b\"] } } }", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": { \"const\": \"b\" } } }", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": { \"maximum\": 5, \"multipleOf\": 7 } } }", SecretNumber },
        { "\"arguments\": { \"properties\": { \"a\": { \"items\": { \"type\": \"null\" }, \"uniqueItems\": true } } }", $"[\"{Secret}\", \"{Secret}\"]" },
        { "\"arguments\": { \"properties\": { \"a\": { \"oneOf\": [{ \"const\": 1 }, { \"const\": 2 }] } } }", $"\"{Secret}\"" },
        { "\"arguments\": { \"properties\": { \"a\": false } }", $"{{ \"k\": \"{Secret}\" }}" },
        { "\"arguments\": { \"not\": {} }", $"\"{Secret}\"" },
        { "\"require\": [{ \"conditions\": [{ \"path\": \"args.a\", \"op\": \"eq\", \"value\": \"b\" }] }]", $"\"{Secret}\"" },
        { "\"require\": [{ \"conditions\": [{ \"path\": \"args.a\", \"op\": \"gt\", \"value\": 1 }] }]", $"\"{Secret}\"" },
        { "\"deny_if\": [{ \"conditions\": [{ \"path\": \"args.a\", \"op\": \"contains\", \"value\": \"S3\" }] }]", $"\"{Secret}\"" },
        { "\"deny_if\": [{ \"conditions\": [{ \"path\": \"args.a\", \"op\": \"gt\", \"value\": 1 }] }]", SecretNumber },
        { "\"deny_if\": [{ \"conditions\": [{ \"path\": \"args.a\", \"op\": \"regex\", \"value\": \"S3\" }], \"on_deny\": \"No.\" }]", $"\"{Secret}\"" },
        { "\"limits\": [{ \"counter\": \"c\", \"window\": \"day\", \"max\": 0 }]", $"\"{Secret}\"" },
        { "\"x-malformed\": 1", $"\"{Secret}\", \"a\": 1" },
        { "\"x-malformed\": 1", $"\"{Secret}\\ud800\"" },
        { "\"x-malformed\": 1", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"" + Secret + "\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]" },
    };

    public void Dispose()
    {
        _metrics.Dispose();
        _spans.Dispose();
    }

    [Theory]
    [MemberData(nameof(Denials))]
    public void Decide_denial_of_any_kind_shows_no_value(string entry, string value)
    {
        var sink = new RecordingSink();
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Tools($"{{ \"t\": {{ {entry} }} }}")], sinks: [sink], logger: logger, metrics: _metrics.Metrics);
        using JsonDocument arguments = JsonDocument.Parse($"{{ \"a\": {value} }}", new JsonDocumentOptions { MaxDepth = 200 });
        ToolDecision decision = guard.Decide(new ToolCall(Grant.Default, "t", arguments.RootElement));
        Assert.False(decision.IsAllowed);
        guard.Complete(decision, ToolOutcome.NotRun);
        AssertSilent(decision, sink, logger);
        Assert.Single(sink.Lines);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("hidden")]
    public void Decide_tool_that_may_not_be_called_shows_no_value(string tool)
    {
        var sink = new RecordingSink();
        var logger = new RecordingLogger();
        ToolGuard guard = Judging.Guard([Judging.Policy(""" "default": "deny", "hide": ["hidden"] """)], sinks: [sink], logger: logger, metrics: _metrics.Metrics);
        AssertSilent(guard.Decide(tool, $"{{ \"a\": \"{Secret}\" }}"), sink, logger);
    }

    [Fact]
    public void Decide_allowed_call_and_failures_inside_show_no_value()
    {
        var sink = new RecordingSink();
        var logger = new RecordingLogger();
        ToolPolicy policy = Judging.Tools("""{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 9 }] } }""");
        ToolGuard guard = Judging.Guard([policy], sinks: [sink], logger: logger, metrics: _metrics.Metrics);
        ToolDecision allowed = guard.Decide("t", $"{{ \"a\": \"{Secret}\" }}");
        guard.Complete(allowed, ToolOutcome.Ok);
        AssertSilent(allowed, sink, logger);

        var store = new FailingStore(static _ => throw new IOException(Secret), static () => throw new IOException(Secret));
        AssertSilent(Judging.Guard([policy], sinks: [sink], counters: store, logger: logger, metrics: _metrics.Metrics).Decide("t", $"{{ \"a\": \"{Secret}\" }}"), sink, logger);
        sink.Before = static _ => throw new IOException(Secret);
        AssertSilent(Judging.Guard([policy], sinks: [sink], requireAudit: true, logger: logger, metrics: _metrics.Metrics).Decide("t", $"{{ \"a\": \"{Secret}\" }}"), sink, logger);
    }

    // Texts for the model hold what a model sent only where it is short and cannot pass for ours.
    [Fact]
    public void Message_stays_short_and_on_one_line_whatever_the_names_are()
    {
        string huge = string.Concat(Enumerable.Repeat("x`\n\u202E ", 100_000));
        Assert.InRange(Judging.Tools("{}").Decide(huge).Message.Length, 1, 600);
        Assert.DoesNotContain('\n', Judging.Tools("{}").Decide(huge).Message);
        Assert.DoesNotContain('\u202E', Judging.Tools("{}").Decide(huge).Message);
        string arguments = $"{{ {JsonSerializer.Serialize(huge[..100_000])}: 1 }}";
        ToolDecision decision = Judging.Tools("""{ "t": { "arguments": { "additionalProperties": false } } }""").Decide("t", arguments);
        Assert.Equal(DecisionReason.InvalidArguments, decision.Reason);
        Assert.InRange(decision.Message.Length, 1, 1000);
        Assert.DoesNotContain('\n', decision.Message);
    }

    private void AssertSilent(ToolDecision decision, RecordingSink sink, RecordingLogger logger)
    {
        string all = string.Join('\n', [decision.Message, decision.ToJson(), decision.ForCaller().ToJson(), decision.Rule, .. sink.Lines, .. logger.Entries.Select(static entry => entry.Text), .. _metrics.All.Select(static one => one.Tags), _spans.Text]);
        Assert.NotEmpty(_metrics.All);
        Assert.NotEmpty(_spans.Ended);
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretNumber, all, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", all, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests;

/// <summary>What an allowed call costs in memory: nothing. Runs alone: other tests empty the pools that all guards share.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int WarmUp = 5_000;
    private const int Calls = 20_000;

    private const string Rules = """
        "arguments": { "type": "object", "required": ["code"], "additionalProperties": false,
                       "properties": { "code": { "type": "string", "maxLength": 5000 }, "timeout": { "type": "integer", "minimum": 1, "maximum": 15 }, "tags": { "type": "array" } } },
        "require": [{ "conditions": [{ "path": "args.timeout", "op": "lte", "value": 15 }, { "path": "args.code", "op": "regex", "value": "^[a-z ]+$" }] }],
        "deny_if": [{ "conditions": [{ "path": "args.code", "op": "contains", "value": "rm" }] }, { "conditions": [{ "path": "args.tags", "op": "contains", "value": { "a": [1] } }] }]
        """;

    private static readonly JsonElement Arguments = JsonElement.Parse("""{ "code": "print it", "timeout": 5.0, "tags": [{ "a": [2] }, "b"] }""");

    public static bool IsOptimized { get; } = typeof(ToolGuard).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Authorize_plain_allow_allocates_nothing(bool dictionary)
    {
        ToolGuard guard = ToolGuard.Create(Judging.Tools($"{{ \"t\": {{ {Rules} }}, \"t*\": {{ {Rules} }} }}"));
        ToolCall call = Call(dictionary);
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    [Fact]
    public void Authorize_of_a_glob_allocates_nothing()
    {
        ToolGuard guard = ToolGuard.Create(Judging.Tools("""{ "list_*": {} }"""));
        var call = new ToolCall(Grant.Default, "list_files", Arguments);
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    [Theory]
    [InlineData("https://API.example.com:8443/v1?q=1")]
    [InlineData("docs.example.com.")]
    public void Authorize_of_a_host_allocates_nothing(string url)
    {
        ToolGuard guard = ToolGuard.Create(Judging.Tools("""{ "t": { "require": [{ "conditions": [{ "path": "args.url", "op": "host_in", "value": ["example.org", "*.example.com"] }] }] } }"""));
        var call = new ToolCall(Grant.Default, "t", JsonSerializer.SerializeToElement(new { url }));
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    [Fact]
    public void Authorize_with_many_argument_names_allocates_nothing()
    {
        ToolGuard guard = ToolGuard.Create(Judging.Tools("""{ "t": {} }"""));
        var call = new ToolCall(Grant.Default, "t", JsonElement.Parse($"{{{string.Join(',', Enumerable.Range(0, 8).Select(static i => $"\"k{i}\":{{\"\\u0061\":\"\\ud83d\\ude00\"}}"))}}}"));
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Authorize_with_the_tools_own_schema_allocates_nothing(bool dictionary)
    {
        ToolGuard guard = ToolGuard.Create(Judging.Tools("""{ "t": {} }"""));
        var schema = ToolSchema.Compile(JsonElement.Parse("""
            { "type": "object", "required": ["code"],
              "properties": { "code": { "type": "string" }, "timeout": { "type": "integer" }, "tags": { "items": { "properties": { "b": {} } } } } }
            """));
        ToolCall call = Call(dictionary) with { Context = new ToolCallContext { InputSchema = schema } };
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    [Theory]
    [InlineData(ToolOutcome.Ok)]
    [InlineData(ToolOutcome.NotRun)]
    public void Authorize_and_complete_with_limits_allocate_nothing(ToolOutcome outcome)
    {
        Assert.SkipUnless(IsOptimized, "an async method is a class in a debug build");
        ToolGuard guard = Judging.Guard([Judging.Policy($$"""
            "default": "deny", "tools": { "t": { {{Rules}}, "limits": [{ "counter": "a", "window": "second", "max": 1000000 }] } },
            "all_tools": { "limits": [{ "counter": "b", "window": "second", "max": 1000000 }] }
            """)]);
        ToolCall call = Call(dictionary: false);
        Assert.Equal(0, Allocated(() => Complete(guard, Authorize(guard, call), outcome)));
    }

    [Theory]
    [InlineData("t")]
    [InlineData("list_files")]
    public void Authorize_and_complete_with_a_listener_to_metrics_allocate_nothing(string tool)
    {
        Assert.SkipUnless(IsOptimized, "an async method is a class in a debug build");
        int heard = 0;
        using var metrics = new HeardMetrics(() => heard++);
        ToolGuard guard = Judging.Guard([Judging.Tools($"{{ \"t\": {{ {Rules}, \"limits\": [{{ \"counter\": \"a\", \"window\": \"second\", \"max\": 1000000 }}] }}, \"list_*\": {{}} }}")], metrics: metrics.Metrics);
        var call = new ToolCall(Grant.Default, tool, Arguments);
        Assert.Equal(0, Allocated(() => Complete(guard, Authorize(guard, call), ToolOutcome.Ok)));
        Assert.Equal(3 * (WarmUp + Calls), heard);
    }

    [Fact]
    public void Authorize_alone_with_a_listener_to_metrics_allocates_nothing()
    {
        using var metrics = new HeardMetrics(static () => { });
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], metrics: metrics.Metrics);
        ToolCall call = Call(dictionary: false);
        Assert.Equal(0, Allocated(() => Authorize(guard, call)));
    }

    // With a key a record tells of the values of arguments, too; without one they are not looked at.
    [Fact]
    public void Record_without_a_key_costs_as_much_whatever_the_arguments_are()
    {
        using var sink = new JsonLinesAuditSink(static () => Stream.Null, new ManualTimeProvider());
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], new ManualTimeProvider(), [sink]);
        long Of(string value)
        {
            ToolCall call = Judging.Call("t", $"{{ \"a\": {value} }}");
            return Allocated(() => Complete(guard, Authorize(guard, call), ToolOutcome.Ok));
        }

        long most = Of("1") + (500L * Calls);
        Assert.InRange(Of($"\"{new string('x', 5000)}\""), 1, most);
    }

    [Fact]
    public void Allocated_sees_an_allocation() => Assert.NotEqual(0, Allocated(static () => GC.KeepAlive(new object())));

    private static ToolCall Call(bool dictionary) => new(Grant.Default, "t", dictionary
        ? new ToolArguments(Arguments.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value))
        : Arguments);

    private static ToolDecision Authorize(ToolGuard guard, in ToolCall call)
    {
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(call, CancellationToken.None);
        if (!deciding.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("nothing here waits");
        }

        ToolDecision decision = deciding.Result;
        return decision.IsAllowed ? decision : throw new InvalidOperationException(decision.Message);
    }

    private static void Complete(ToolGuard guard, in ToolDecision decision, ToolOutcome outcome)
    {
        ValueTask completing = guard.CompleteAsync(decision, outcome, CancellationToken.None);
        if (!completing.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("nothing here waits");
        }
    }

    private static long Allocated(Action action)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

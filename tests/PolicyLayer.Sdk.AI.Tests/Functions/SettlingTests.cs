using System.Text.Json;
using Microsoft.Extensions.AI;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.AI.Tests.Functions;

/// <summary>Every allowed call is settled once, as what became of it.</summary>
public sealed class SettlingTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "run": { "limits": [{ "counter": "runs", "window": "minute", "max": 1, "scope": "grant" }] } } }""";

    [Fact]
    public async Task Function_that_throws_is_an_error_and_its_exception_passes()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        AIFunction run = AIFunctionFactory.Create(string () => throw new InvalidDataException("broken"), "run").WithToolPolicy(guard);
        await Assert.ThrowsAsync<InvalidDataException>(() => run.CallAsync());
        Assert.Equal([ToolOutcome.Error], audit.Outcomes);
    }

    [Theory]
    [InlineData("""{ "isError": true, "content": [] }""", ToolOutcome.Error)]
    [InlineData("""{ "isError": false }""", ToolOutcome.Ok)]
    [InlineData("""{ "isError": "true" }""", ToolOutcome.Ok)]
    [InlineData("[1]", ToolOutcome.Ok)]
    public async Task Error_that_is_returned_as_an_mcp_result_is_an_error(string result, ToolOutcome outcome)
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        AIFunction run = AIFunctionFactory.Create(() => JsonElement.Parse(result), "run").WithToolPolicy(guard);
        await run.CallAsync();
        Assert.Equal([outcome], audit.Outcomes);
    }

    [Fact]
    public async Task Cancellation_passes_and_the_call_is_settled()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        using var stop = new CancellationTokenSource();
        AIFunction run = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            "run").WithToolPolicy(guard);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.InvokeAsync(new AIFunctionArguments(), stop.Token).AsTask());
        Assert.Equal([ToolOutcome.Cancelled], audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_is_cancelled_while_it_is_judged_does_not_run_and_gives_its_place_back()
    {
        using var stop = new CancellationTokenSource();
        bool stops = true;
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy, builder => builder.AddAuditSink(new CancellingSink(() =>
        {
            if (stops)
            {
                stop.Cancel();
            }
        })));
        int ran = 0;
        AIFunction run = AIFunctionFactory.Create(() => ++ran, "run").WithToolPolicy(guard);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.InvokeAsync(new AIFunctionArguments(), stop.Token).AsTask());
        stops = false;
        Assert.Equal(0, ran);
        Assert.Equal("allowed", Agent.Reason(await run.CallAsync()));
        Assert.Equal(1, ran);
    }

    private sealed class CancellingSink(Action onDecision) : IAuditSink
    {
        public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            if (record.Kind == AuditKind.Decision)
            {
                onDecision();
            }

            return default;
        }
    }
}

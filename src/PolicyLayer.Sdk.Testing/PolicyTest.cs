using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Sdk.Testing;

/// <summary>Tests policies: replays calls that say what they expect, as <c>policylayer eval --calls</c> does, or decides one call at a time of the test's choice.</summary>
/// <remarks>Safe for concurrent use: each run has a clock and counters of its own. No tool runs, and nothing waits.</remarks>
public static class PolicyTest
{
    /// <summary>Replays the calls of a file against a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="path">The file of cases, one JSON object a line; a relative path starts at the current directory.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What was decided of each call. It says nothing by itself of calls that were decided otherwise: ask it with <see cref="PolicyTestReport.ThrowIfFailed"/>.</returns>
    /// <exception cref="PolicyCasesException">The file cannot be read, a line is no call or goes back in time, or no line expects anything.</exception>
    public static Task<PolicyTestReport> RunAsync(ToolPolicy policy, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RunAsync([policy], PolicyTestCases.FromFile(path), null, cancellationToken);
    }

    /// <summary>Replays calls against policies, every one of which must allow a call.</summary>
    /// <param name="policies">The policies, at least one, each with a name of its own.</param>
    /// <param name="cases">The calls and what they expect, in the order of time.</param>
    /// <param name="options">What else a host would know; null for nothing.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What was decided of each call.</returns>
    /// <exception cref="PolicyCasesException">The cases cannot be read, a line is no call or goes back in time, or no line expects anything.</exception>
    /// <exception cref="ArgumentException">There is no policy, or two have one name.</exception>
    public static async Task<PolicyTestReport> RunAsync(IReadOnlyList<ToolPolicy> policies, PolicyTestCases cases, PolicyTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        options ??= new PolicyTestOptions();
        var clock = new VirtualClock();
        var people = new RecordedAnswer();
        var session = new ReplaySession(ToolGuard.Create(policies, clock, people), clock, people, options.Tools, options.ToolSchemas);
        var results = new List<PolicyTestResult>();
        await using (session.ConfigureAwait(false))
        {
            await foreach ((CallLine call, string place) in cases.ReadAsync(options.Grant, cancellationToken).ConfigureAwait(false))
            {
                ToolDecision decision = await session.JudgeAsync(call, place, cancellationToken).ConfigureAwait(false);
                results.Add(new PolicyTestResult(place, decision, call.Expected, Expectation.Mismatch(call, decision)));
            }
        }

        return results.Exists(static result => result.ExpectsAnything)
            ? new PolicyTestReport(results)
            : throw new PolicyCasesException($"{cases.Name}: no line has an `expect` with a member, so nothing is tested; give lines one, such as \"expect\": {{\"decision\": \"deny\"}}");
    }

    /// <summary>Decides one call as a guard does that has decided none before, at a time of the test's choice.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="toolCall">The call, with whatever a line of cases has no words for, such as claims of the user or attributes of the grant.</param>
    /// <param name="at">When the call comes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decision. Nobody answers for people: a call that needs approval is denied with <see cref="DecisionReason.ApprovalRequired"/>.</returns>
    public static ValueTask<ToolDecision> DecideAsync(ToolPolicy policy, ToolCall toolCall, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return ToolGuard.Create([policy], new VirtualClock { Now = at }, new RecordedAnswer()).AuthorizeAsync(toolCall, cancellationToken);
    }
}

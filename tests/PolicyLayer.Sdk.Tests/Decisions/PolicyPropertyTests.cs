using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Decisions;

/// <summary>What holds of every policy and every call.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly Arbitrary<int> Seeds = GeneratedPolicy.Seeds.ToArbitrary();

    [Fact]
    public void Order_of_members_and_entries_changes_neither_verdict_nor_rule() => ForAll(2000, static random =>
    {
        GeneratedPolicy policy = GeneratedPolicy.Make(random);
        (ToolGuard first, ToolGuard second) = (Guard(policy.ToJson()), Guard(policy.ToJson(random)));
        for (int i = 0; i < 5; i++)
        {
            ToolCall call = GeneratedPolicy.MakeCall(random);
            (ToolDecision one, ToolDecision other) = (first.Decide(call), second.Decide(call));
            Assert.Equal((one.Reason, one.Rule, one.Message), (other.Reason, other.Rule, other.Message));
            (first, second) = (Settled(first, one, i), Settled(second, other, i));
        }
    });

    [Fact]
    public void Order_of_lists_never_changes_a_verdict() => ForAll(2000, static random =>
    {
        GeneratedPolicy policy = GeneratedPolicy.Make(random);
        (ToolGuard first, ToolGuard second) = (Guard(policy.ToJson()), Guard(policy.ToJson(random, lists: true)));
        for (int i = 0; i < 5; i++)
        {
            ToolCall call = GeneratedPolicy.MakeCall(random);
            (ToolDecision one, ToolDecision other) = (first.Decide(call), second.Decide(call));
            Assert.Equal(one.IsAllowed, other.IsAllowed);
            (first, second) = (Settled(first, one, i), Settled(second, other, i));
        }
    });

    // But for naming a tool under `default: deny`, which is what allows it at all.
    [Fact]
    public void Adding_anything_never_turns_a_denial_into_an_allowance() => ForAll(3000, static random =>
    {
        GeneratedPolicy policy = GeneratedPolicy.Make(random);
        ToolCall call = GeneratedPolicy.MakeCall(random);
        ToolDecision before = Guard(policy.ToJson()).Decide(call);
        ToolDecision after = Guard(policy.Add(random).ToJson()).Decide(call);
        Assert.True(before.IsAllowed || before.Reason == DecisionReason.DefaultDeny || !after.IsAllowed, $"{before.Rule} was rescued by {policy.ToJson()}");
    });

    // A call that is repeated, and settled in the same way each time.
    [Fact]
    public void Adding_anything_never_makes_a_limit_last_longer() => ForAll(3000, static random =>
    {
        GeneratedPolicy policy = GeneratedPolicy.Make(random);
        ToolCall call = GeneratedPolicy.MakeCall(random);
        var outcome = (ToolOutcome)random.Next(3);
        ToolGuard narrow = Guard(policy.ToJson());
        bool named = narrow.Decide(call).Reason != DecisionReason.DefaultDeny;
        int before = Admitted(Guard(policy.ToJson()), call, outcome);
        int after = Admitted(Guard(policy.Add(random).ToJson()), call, outcome);
        Assert.True(!named || after <= before, $"{before} calls became {after} by {policy.ToJson()}");
    });

    [Fact]
    public void Parse_mutated_document_throws_nothing_but_a_format_error() => ForAll(5000, static random =>
    {
        byte[] document = GeneratedPolicy.Mutate(GeneratedPolicy.Make(random).ToJson(), random);
        if (!ToolPolicy.TryParse(document, "policy", out _, out IReadOnlyList<PolicyDiagnostic> errors))
        {
            Assert.NotEmpty(errors);
            Assert.Equal(errors.Count, Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(document)).Diagnostics.Count);
        }
    });

    [Fact]
    public void Authorize_mutated_call_is_never_an_exception() => ForAll(5000, static random =>
    {
        byte[] arguments = GeneratedPolicy.Mutate("""{ "x": [1, { "y": "a\u00e9", "x": 2.5e3 }], "y": "\ud83d\ude00", "z": null }""", random);
        JsonElement element;
        try
        {
            element = JsonElement.Parse(arguments);
        }
        catch (JsonException)
        {
            return;
        }

        ToolDecision decision = Guard(GeneratedPolicy.Make(random).ToJson()).Decide(new ToolCall(Grant.Default, "a", element));
        Assert.NotEqual(DecisionReason.EvaluationError, decision.Reason);
        Assert.NotNull(decision.ToJson());
    });

    private static int Admitted(ToolGuard guard, ToolCall call, ToolOutcome outcome)
    {
        int admitted = 0;
        while (admitted < 10 && guard.Decide(call) is { IsAllowed: true } decision)
        {
            guard.Complete(decision, outcome);
            admitted++;
        }

        return admitted;
    }

    private static ToolGuard Settled(ToolGuard guard, ToolDecision decision, int outcome)
    {
        guard.Complete(decision, (ToolOutcome)(outcome % 3));
        return guard;
    }

    private static ToolGuard Guard(string document) => Judging.Guard([ToolPolicy.Parse(document)]);

    /// <summary>How many times as many documents and calls as an ordinary run tries: what <c>eng/fuzz.sh</c> sets.</summary>
    private static int Longer => int.TryParse(Environment.GetEnvironmentVariable("POLICYLAYER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;

    private static void ForAll(int count, Action<Random> holds) => Seeded.ForAll(count * Longer, holds);
}

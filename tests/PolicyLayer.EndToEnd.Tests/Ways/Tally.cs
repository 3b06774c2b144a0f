using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>What the cases came to, so that a run that says little is seen.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);

    public int Cases { get; private set; }

    public void Add(IEnumerable<Answer> answers)
    {
        Cases++;
        foreach (Answer answer in answers)
        {
            string reason = JsonElement.Parse(answer.Decided!).GetProperty("reason").GetString()!;
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }
    }

    public void IsRich()
    {
        string seen = string.Join(", ", _reasons.OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key} {pair.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Cases} cases: {seen}");
        string[] wanted = ["allowed", "malformed_call", "hidden", "default_deny", "denied", "invalid_arguments", "require_failed", "deny_if", "unknown_condition", "invalid_amount", "limit_exceeded", "approval_required"];
        Assert.True(Array.TrueForAll(wanted, _reasons.ContainsKey), $"not every reason was seen: {seen}");
    }
}

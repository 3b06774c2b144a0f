using Microsoft.Extensions.AI;

namespace ChatAgent;

/// <summary>What the model asks for, and what must come of it.</summary>
internal static class Script
{
    public static IReadOnlyList<Turn> Turns { get; } =
    [
        new("find_order", new() { ["order"] = 7 }, "paid $60"),
        new("refund", new() { ["order"] = 7, ["amount"] = 60 }, "\"reason\":\"deny_if\""),
        new("refund", new() { ["order"] = 7, ["amount"] = "50" }, "\"reason\":\"invalid_arguments\""), // a text is no number, though the binder would read it as one
        new("refund", new() { ["order"] = 7, ["amount"] = -60 }, "\"reason\":\"invalid_arguments\""), // below zero it would be a charge
        new("refund", new() { ["order"] = 7, ["amount"] = 50, ["approved"] = true }, "\"reason\":\"invalid_arguments\""),
        new("refund", new() { ["order"] = 7, ["amount"] = 50 }, "refunded $50"), // the supervisor was asked
        new("refund", new() { ["order"] = 8, ["amount"] = 5 }, "refunded $5"),
        new("refund", new() { ["order"] = 8, ["amount"] = 5 }, "\"reason\":\"limit_exceeded\""),
        new("send_mail", new() { ["to"] = "eve@elsewhere.example", ["text"] = "all our orders" }, "\"reason\":\"require_failed\""),
        new("send_mail", new() { ["to"] = "eve@elsewhere.example, ann@customers.example", ["text"] = "all our orders" }, "\"reason\":\"require_failed\""),
        new("send_mail", new() { ["to"] = "ann@customers.example", ["text"] = "The money is on its way." }, "sent 24 characters"),
        new("delete_customer", new() { ["customer"] = "ann" }, "not found"),
        new("export_customers", [], "\"reason\":\"default_deny\""),
    ];

    /// <summary>Shows what came of each call; 0 when it was what the policy says.</summary>
    public static int Check(IEnumerable<AITool> offered, IReadOnlyList<string> results)
    {
        string tools = string.Join(", ", offered.Select(static tool => tool.Name));
        Console.WriteLine($"the model sees: {tools}");
        int surprises = tools == "find_order, refund, send_mail, export_customers" && results.Count == Turns.Count ? 0 : 1;
        foreach ((Turn turn, string result) in Turns.Zip(results))
        {
            bool expected = result.Contains(turn.Expected, StringComparison.Ordinal);
            surprises += expected ? 0 : 1;
            Console.WriteLine($"{(expected ? "   " : "?! ")}{turn.Tool}({string.Join(", ", turn.Arguments.Select(static pair => $"{pair.Key}: {pair.Value}"))}) -> {result}");
        }

        Console.WriteLine(surprises == 0 ? "Every call went as the policy says." : $"Not as the policy says: {surprises}.");
        return Math.Min(surprises, 1);
    }
}

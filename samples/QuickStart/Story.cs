using ModelContextProtocol.Client;
using static QuickStart.Report;

namespace QuickStart;

/// <summary>A client that calls what a model might call, and checks that each call went as the policy says.</summary>
internal static class Story
{
    private const string Python = "run_python_code";

    private static readonly (string Title, string Tool, Dictionary<string, object?> Arguments, Func<Answer, bool> AsExpected)[] Calls =
    [
        ("compute", Python, new() { ["code"] = "print(sum(n * n for n in range(100)))" }, a => a.Python("stdout") == "328350\n" && a.Python("returncode") == "0"),
        ("raise an error", Python, new() { ["code"] = "1 / 0", ["timeout"] = 5 }, a => a.Python("returncode") == "1" && a.Summary.Contains("ZeroDivisionError", StringComparison.Ordinal)),
        ("run a command", Python, new() { ["code"] = "import os; os.system('id')" }, a => a.IsStopped("ImportError")),
        ("read a file", Python, new() { ["code"] = "print(open('/etc/passwd').read())" }, a => a.IsStopped("PermissionError")),
        ("open a socket", Python, new() { ["code"] = "import socket; socket.create_connection(('127.0.0.1', 80))" }, a => a.IsStopped("ImportError")),
        ("leave the code out", Python, new() { ["timeout"] = 5 }, a => a.IsDenied("invalid_arguments")),
        ("code of a wrong type", Python, new() { ["code"] = 42 }, a => a.IsDenied("invalid_arguments")),
        ("an extra argument", Python, new() { ["code"] = "1", ["sudo"] = true }, a => a.IsDenied("invalid_arguments")),
        ("6,000 characters", Python, new() { ["code"] = new string('#', 6000) }, a => a.IsDenied("invalid_arguments")),
        ("a hidden tool", "delete_agent", new() { ["id"] = "a1" }, a => a.IsDenied("default_deny")),
        ("a tool that is not there", "no_such_tool", new() { ["id"] = "a1" }, a => a.IsDenied("default_deny")),
        ("an allowed tool", "echo", new() { ["text"] = "hello" }, a => a.Text == "hello"),
        ("another one", "get_time", [], a => a.Denial is null && a.Text.EndsWith('Z')),
        .. Enumerable.Range(6, 5).Select(n => ($"Python, call {n} of 10", Python, new Dictionary<string, object?> { ["code"] = $"print({n})" }, (Func<Answer, bool>)(a => a.Python("stdout") == $"{n}\n"))),
        ("Python, call 11 of 10", Python, new() { ["code"] = "print(11)" }, a => a.IsDenied("limit_exceeded") && (long?)a.Denial!["retry_after_ms"] is > 0 and <= 60_000),
    ];

    /// <summary>Makes the calls; 0 when every one went as the policy says.</summary>
    public static async Task<int> TellAsync(string auditFile)
    {
        var transport = new StdioClientTransport(new() { Command = "dotnet", Arguments = [typeof(Story).Assembly.Location, "serve", auditFile], StandardErrorLines = Console.Error.WriteLine });
        int surprises = 0;
        await using (McpClient client = await McpClient.CreateAsync(transport))
        {
            string[] tools = [.. (await client.ListToolsAsync()).Select(static tool => tool.Name).Order(StringComparer.Ordinal)];
            surprises += tools is ["echo", "get_time", Python] ? 0 : 1;
            Say($"[bold]The model sees:[/] {string.Join(", ", tools)}");
            var rows = new List<string[]>();
            foreach (var call in Calls)
            {
                var answer = new Answer(await client.CallToolAsync(call.Tool, call.Arguments));
                string surprise = call.AsExpected(answer) ? "" : $" UNEXPECTED {++surprises}";
                string verdict = answer.Denial is null ? "allow" : $"deny {answer.Denial["reason"]}";
                rows.Add([call.Title, call.Tool, verdict + surprise, (string?)answer.Denial?["rule"] ?? "", answer.Summary]);
            }

            ShowTable(["call", "tool", "decision", "rule", "what came back"], rows);
        }

        surprises += ShowAudit(auditFile) == Calls.Length ? 0 : 1;
        Say(surprises == 0 ? (FormattableString)$"[green]Every call went as the policy says.[/]" : $"[red]Not as the policy says: {surprises}.[/]");
        return Math.Min(surprises, 1);
    }
}

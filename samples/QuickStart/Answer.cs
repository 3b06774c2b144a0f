using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace QuickStart;

/// <summary>What came back for one call: the tool's result, or the policy's denial.</summary>
internal sealed class Answer(CallToolResult result)
{
    public string Text { get; } = string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));

    public JsonNode? Denial { get; } = result.Meta?["policylayer/decision"];

    public string Summary => Python("returncode") is { } code ? $"returncode {code}: {(Python("error") + Python("stdout") + Python("stderr")).TrimEnd().Split('\n')[^1]}" : Text;

    /// <summary>A member of the JSON that run_python_code answers with; empty when there is none.</summary>
    public string? Python(string member) => Text.StartsWith('{') ? JsonNode.Parse(Text)![member]?.ToString() : null;

    public bool IsDenied(string reason) => (string?)Denial?["reason"] == reason;

    /// <summary>The policy let the code run, and the sandbox stopped it.</summary>
    public bool IsStopped(string error) => Python("returncode") == "1" && Python("stderr")!.Contains($"{error}: ", StringComparison.Ordinal) && Summary.Contains("sandbox", StringComparison.Ordinal);
}

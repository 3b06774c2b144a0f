using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>What an MCP client is told.</summary>
internal static class McpAnswers
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <param name="tool">The tool that was called.</param>
    /// <param name="answer">A message with a result or an error.</param>
    public static string Told(string tool, JsonElement answer)
    {
        if (answer.TryGetProperty("error", out JsonElement error))
        {
            string said = error.GetProperty("message").GetString()!;
            return said == Unknown(tool) ? ToldWords.Unknown : $"error {error.GetProperty("code")}: {said}";
        }

        JsonElement result = answer.GetProperty("result");
        bool isError = result.TryGetProperty("isError", out JsonElement value) && value.GetBoolean();
        if (!result.TryGetProperty("_meta", out JsonElement meta) || !meta.TryGetProperty("policylayer/decision", out JsonElement decision))
        {
            return isError ? ToldWords.Failed : ToldWords.Result;
        }

        string text = result.GetProperty("content").EnumerateArray().Single().GetProperty("text").GetString()!;
        return isError && text == decision.GetProperty("message").GetString() ? Canonical.Of(decision) : $"two things: {result.GetRawText()}";
    }

    /// <summary>A message, which is deeper than the arguments within.</summary>
    public static JsonElement Parse(string message) => JsonElement.Parse(message, Deep);

    /// <summary>What servers here say of a tool that they do not have.</summary>
    public static string Unknown(string tool) => $"Unknown tool: '{tool}'";

    /// <summary>The tool and the arguments of a message that a server got.</summary>
    public static string Ran(JsonElement message)
    {
        JsonElement parameters = message.GetProperty("params");
        return Canonical.Of(parameters.GetProperty("name").GetString()!, parameters.TryGetProperty("arguments", out JsonElement arguments) ? arguments : default);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Reads a line of <c>CALLS.jsonl</c>; whatever is unknown or wrong in it is an error that names the line.</summary>
internal static class CallLineReader
{
    private static readonly string[] Known = ["tool", "arguments", "raw_arguments", "grant", "session", "user", "context", "at", "outcome", "ends_at", "approval", "expect"];

    private static readonly string[] Decided = ["decision", "reason", "tool", "grant", "rule", "message", "retry_after_ms", "limit", "policy", "approval_id", "layer"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 128 };

    /// <param name="utf8">The line.</param>
    /// <param name="place">How errors name it.</param>
    /// <param name="defaultGrant">Whose call it is when the line does not say.</param>
    /// <exception cref="PolicyCasesException">The line is not a call.</exception>
    public static CallLine Read(ReadOnlySpan<byte> utf8, string place, Grant defaultGrant)
    {
        JsonElement line = Parse(utf8, place);
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw new PolicyCasesException($"{place}: a call is an object, such as {{\"tool\": \"read_file\"}}");
        }

        foreach (JsonProperty member in line.EnumerateObject())
        {
            if (!Known.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new PolicyCasesException($"{place}: unknown member `{member.Name}`; known here: {string.Join(", ", Known)}");
            }
        }

        string? grant = Text(line, "grant", place);
        return new CallLine
        {
            Tool = Text(line, "tool", place) ?? throw new PolicyCasesException($"{place}: `tool` is missing"),
            Arguments = Arguments(line, place),
            Grant = grant is null ? defaultGrant : NewGrant(grant, place),
            Session = Text(line, "session", place),
            User = Text(line, "user", place),
            Context = Object(line, "context", place),
            At = Time(line, "at", place),
            EndsAt = Time(line, "ends_at", place),
            Outcome = Word(line, "outcome", place, ["ok", "error", "not_run", "cancelled"]) switch
            {
                "error" => ToolOutcome.Error,
                "not_run" => ToolOutcome.NotRun,
                "cancelled" => ToolOutcome.Cancelled,
                _ => ToolOutcome.Ok,
            },
            Approval = Word(line, "approval", place, ["approve", "deny"]) switch
            {
                "approve" => ApprovalAnswer.Approved,
                "deny" => ApprovalAnswer.Denied,
                _ => ApprovalAnswer.NoAnswer,
            },
            Expected = Expected(line, place),
        };
    }

    public static Grant NewGrant(string id, string place) =>
        string.IsNullOrWhiteSpace(id) ? throw new PolicyCasesException($"{place}: the id of a grant must not be empty") : new Grant(id);

    /// <summary>Arguments as they stand in a text; what is no JSON becomes what the guard refuses as malformed.</summary>
    public static ToolArguments RawArguments(string text) => ToolArguments.FromUtf8(Encoding.UTF8.GetBytes(text));

    private static JsonElement Parse(ReadOnlySpan<byte> utf8, string place)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new PolicyCasesException($"{place}: the line is not UTF-8; save the calls as UTF-8");
        }

        try
        {
            return JsonElement.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            string column = e.BytePositionInLine is { } position ? string.Create(CultureInfo.InvariantCulture, $" (column {position + 1})") : string.Empty;
            throw new PolicyCasesException($"{place}: not a line of JSON, or a key stands twice in it{column}");
        }
        catch (InvalidOperationException)
        {
            throw new PolicyCasesException($"{place}: a key holds half of a surrogate pair; arguments that are not well formed are a text, `raw_arguments`");
        }
    }

    private static ToolArguments Arguments(JsonElement line, string place)
    {
        bool isRaw = line.TryGetProperty("raw_arguments", out _);
        if (!line.TryGetProperty("arguments", out JsonElement arguments))
        {
            return isRaw ? RawArguments(Text(line, "raw_arguments", place)!) : default;
        }

        return isRaw ? throw new PolicyCasesException($"{place}: `raw_arguments` stands in place of `arguments`; keep one") : arguments;
    }

    private static string? Text(JsonElement line, string name, string place)
    {
        if (!line.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new PolicyCasesException($"{place}: `{name}` must be a string");
        }
        catch (InvalidOperationException)
        {
            throw new PolicyCasesException($"{place}: `{name}` holds half of a surrogate pair");
        }
    }

    private static JsonElement Object(JsonElement line, string name, string place) =>
        !line.TryGetProperty(name, out JsonElement value) ? default
        : value.ValueKind == JsonValueKind.Object ? value
        : throw new PolicyCasesException($"{place}: `{name}` must be an object");

    /// <summary>What is expected of members that a decision has: of any other it would hold of every one, or of none.</summary>
    private static JsonElement Expected(JsonElement line, string place)
    {
        JsonElement expected = Object(line, "expect", place);
        foreach (JsonProperty member in expected.ValueKind == JsonValueKind.Object ? expected.EnumerateObject() : default)
        {
            if (!Decided.Contains(member.Name, StringComparer.Ordinal))
            {
                throw new PolicyCasesException($"{place}: unknown member `{member.Name}` of `expect`; known here: {string.Join(", ", Decided)}");
            }
        }

        return expected;
    }

    private static string? Word(JsonElement line, string name, string place, string[] words)
    {
        string? word = Text(line, name, place);
        return word is null || words.Contains(word, StringComparer.Ordinal) ? word : throw new PolicyCasesException($"{place}: `{name}` must be one of {string.Join(", ", words)}");
    }

    private static DateTimeOffset? Time(JsonElement line, string name, string place)
    {
        if (Text(line, name, place) is not { } text)
        {
            return null;
        }

        return line.GetProperty(name).TryGetDateTimeOffset(out DateTimeOffset time) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)) && text.Contains('T', StringComparison.Ordinal)
            ? time
            : throw new PolicyCasesException($"{place}: `{name}` must be a time such as 2026-01-01T00:00:00Z");
    }
}

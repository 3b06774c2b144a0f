using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>The members of a message by which it is decided what it is, taken token by token.</summary>
internal sealed class AnswerMembers
{
    private const string IsError = "isError";

    /// <summary>A longer name is none of the protocol, however it is written.</summary>
    private const int LongestName = 256;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _member;
    private string? _inner;
    private MessageId? _id;
    private bool _isOk;

    /// <summary>Takes a token.</summary>
    /// <returns>False when this can be no message.</returns>
    public bool TryTake(ref Utf8JsonReader reader) => (reader.CurrentDepth, reader.TokenType) switch
    {
        (0, JsonTokenType.StartObject or JsonTokenType.EndObject) => true,
        (0, _) => false,
        (1, JsonTokenType.PropertyName) => TryName(ref reader),
        (1, _) => Value(ref reader),
        (2, JsonTokenType.PropertyName) when _member == "result" => InnerName(ref reader),
        (2, _) when _inner is not null => InnerValue(ref reader),
        _ => true,
    };

    /// <summary>What they say.</summary>
    public ServerAnswer ToAnswer()
    {
        (bool hasResult, bool hasError) = (_seen.Contains("result"), _seen.Contains("error"));
        if (_seen.Contains("method"))
        {
            return hasResult || hasError ? default : new ServerAnswer(ServerMessageKind.Passed);
        }

        return hasResult != hasError && _id is { } id ? new ServerAnswer(ServerMessageKind.Answer, id, _isOk ? ToolOutcome.Ok : ToolOutcome.Error) : default;
    }

    private bool TryName(ref Utf8JsonReader reader)
    {
        string name = NameOf(ref reader);
        string? loose = StrictLine.Members.FirstOrDefault(member => LooseName.Equals(name, member));
        _member = loose;
        return loose is null || (loose == name && _seen.Add(name));
    }

    private bool Value(ref Utf8JsonReader reader)
    {
        if (_member == "id" && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            _id = MessageId.Of(JsonElement.ParseValue(ref reader));
        }
        else if (_member == "result" && reader.TokenType == JsonTokenType.StartObject)
        {
            _isOk = true;
        }

        return true;
    }

    /// <summary>A result that says in two ways whether it is an error counts as one.</summary>
    private bool InnerName(ref Utf8JsonReader reader)
    {
        string name = NameOf(ref reader);
        _inner = LooseName.Equals(name, IsError) ? name : null;
        _isOk &= _inner is null || (name == IsError && _seen.Add(IsError));
        return true;
    }

    private bool InnerValue(ref Utf8JsonReader reader)
    {
        _isOk &= reader.TokenType == JsonTokenType.False;
        _inner = null;
        return true;
    }

    private static string NameOf(ref Utf8JsonReader reader) => reader.ValueSpan.Length > LongestName ? string.Empty : reader.GetString()!;
}

using System.Text.Json;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>A line of the client, read so strictly that no server can read it otherwise.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Id">Its id; undefined where none can be read for certain.</param>
/// <param name="Parameters">The parameters of a call; undefined otherwise.</param>
internal readonly record struct ClientLine(ClientLineKind Kind, JsonElement Id, JsonElement Parameters)
{
    private const string ToolsCall = "tools/call";
    private const string ToolsList = "tools/list";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
    private static readonly string[] Members = ["jsonrpc", "id", "method", "params", "result", "error"];
    private static readonly string[] CallMembers = ["name", "arguments"];

    /// <param name="line">The bytes without the end of the line.</param>
    public static ClientLine Read(ReadOnlySpan<byte> line)
    {
        // A byte order mark is no JSON, and some parsers skip it.
        if (!Utf8.IsValid(line) || line.StartsWith("\uFEFF"u8))
        {
            return default;
        }

        try
        {
            JsonElement message = JsonElement.Parse(line, Strict);
            return message.ValueKind == JsonValueKind.Object && AreExact(message, Members) ? OfObject(message) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, a member twice, or half of a surrogate pair.
            return default;
        }
    }

    private static ClientLine OfObject(JsonElement message)
    {
        JsonElement id = message.TryGetProperty("id", out JsonElement read) && read.ValueKind is JsonValueKind.String or JsonValueKind.Number ? read : default;
        if (!message.TryGetProperty("method", out JsonElement text))
        {
            return new ClientLine(ClientLineKind.Passed, id, default);
        }

        if (text.ValueKind != JsonValueKind.String || text.GetString() is not { } method)
        {
            return new ClientLine(ClientLineKind.Refused, id, default);
        }

        return method switch
        {
            ToolsCall when id.ValueKind != JsonValueKind.Undefined && message.TryGetProperty("params", out JsonElement parameters) && IsCall(parameters) =>
                new ClientLine(ClientLineKind.Call, id, parameters),
            ToolsList when id.ValueKind != JsonValueKind.Undefined => new ClientLine(ClientLineKind.Listing, id, default),
            _ when IsLike(method, ToolsCall) || IsLike(method, ToolsList) => new ClientLine(ClientLineKind.Refused, id, default),
            _ => new ClientLine(ClientLineKind.Passed, id, default),
        };
    }

    private static bool IsCall(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object
        && AreExact(parameters, CallMembers)
        && parameters.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
        && (!parameters.TryGetProperty("arguments", out JsonElement arguments) || arguments.ValueKind == JsonValueKind.Object);

    /// <summary>Whether no member is one that decides, in another case.</summary>
    private static bool AreExact(JsonElement value, string[] deciding) =>
        value.EnumerateObject().All(member => deciding.Contains(member.Name, StringComparer.Ordinal) || !deciding.Contains(Folded(member.Name), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a sloppy server could take a method for another: by case, or by white space around it.</summary>
    private static bool IsLike(string method, string exact) => Folded(method).AsSpan().Trim().Equals(exact, StringComparison.OrdinalIgnoreCase);

    /// <summary>Go's reader of JSON takes the long s and the Kelvin sign for the letters they fold to; .NET does not.</summary>
    private static string Folded(string name) => name.Replace('\u017F', 's').Replace('\u212A', 'k');
}

using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What a message says that headers repeat.</summary>
/// <param name="Method">Its method; null of an answer.</param>
/// <param name="Name">The name of the tool or prompt, or the address of the resource, that it asks for; null where it asks for none.</param>
/// <param name="Revision">The revision of the protocol that it names for itself; null where it names none.</param>
/// <param name="Parameters">Its parameters; undefined where it has none.</param>
internal readonly record struct MessageHeadings(string? Method, string? Name, string? Revision, JsonElement Parameters)
{
    /// <summary>The arguments of a call; undefined where it has none.</summary>
    public JsonElement Arguments => DecidingMembers.Find(Parameters, "arguments");

    /// <param name="message">A message that could be read for certain.</param>
    /// <param name="headings">What headers would repeat of it.</param>
    /// <returns>False where that has half of a surrogate pair, so that no header can.</returns>
    public static bool TryRead(JsonElement message, out MessageHeadings headings)
    {
        try
        {
            headings = Of(message);
            return true;
        }
        catch (InvalidOperationException)
        {
            headings = default;
            return false;
        }
    }

    /// <summary>Whether a header names what the message asks for. Which parameter of an extension's method that is, its server alone knows: it is one of the texts.</summary>
    public bool IsNamed(string name)
    {
        try
        {
            return HasName(Method) ? Name == name : Parameters.ValueKind == JsonValueKind.Object && Parameters.EnumerateObject().Any(one => one.Value.ValueKind == JsonValueKind.String && one.Value.ValueEquals(name));
        }
        catch (InvalidOperationException)
        {
            // One of them has half of a surrogate pair.
            return false;
        }
    }

    private static bool HasName(string? method) => method is "tools/call" or "prompts/get" or "resources/read";

    private static MessageHeadings Of(JsonElement message)
    {
        string? method = Text(message, "method");
        JsonElement parameters = DecidingMembers.Find(message, "params");
        string? name = method switch
        {
            "tools/call" or "prompts/get" => Text(parameters, "name"),
            "resources/read" => Text(parameters, "uri"),
            _ => null,
        };
        return new MessageHeadings(method, name, Text(DecidingMembers.Find(parameters, "_meta"), "io.modelcontextprotocol/protocolVersion"), parameters);
    }

    private static string? Text(JsonElement value, string name) =>
        DecidingMembers.Find(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

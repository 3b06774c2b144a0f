using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>A tool that remembers what the SDK bound it to; and what it should be bound to, read from the arguments exactly.</summary>
internal sealed class BoundTool
{
    /// <summary>What the last call was bound to; null when the tool did not run.</summary>
    public string? Bound { get; set; }

    public McpServerTool Create() => McpServerTool.Create(
        (Node opts, int count, string? name = null, Node[]? items = null, Dictionary<string, int>? map = null) =>
        {
            Bound = $"{opts} {count} {name} [{Join(items)}] {{{Join(map?.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}"))}}}";
            return count;
        },
        new McpServerToolCreateOptions { Name = "bind" });

    /// <summary>The same by a reader that finds members by their exact names alone, and refuses a name that stands twice.</summary>
    public static string Expected(string arguments)
    {
        JsonElement all = JsonElement.Parse(arguments, new JsonDocumentOptions { AllowDuplicateProperties = false });
        IEnumerable<Node?>? items = Find(all, "items") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(static item => (Node?)NodeOf(item)) : null;
        IEnumerable<string>? map = Find(all, "map") is { ValueKind: JsonValueKind.Object } found
            ? found.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal).Select(static member => $"{member.Name}={NumberOf(member.Value)}")
            : null;
        return $"{NodeOf(Find(all, "opts"))} {NumberOf(Find(all, "count"))} {TextOf(Find(all, "name"))} [{Join(items)}] {{{Join(map)}}}";
    }

    private static string Join(IEnumerable<object?>? parts) => parts is null ? string.Empty : string.Join(';', parts);

    private static JsonElement? Find(JsonElement value, string name) => value.TryGetProperty(name, out JsonElement found) ? found : null;

    private static Node? NodeOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } node
        ? new Node(TextOf(Find(node, "path")), int.Parse(NumberOf(Find(node, "lines")), CultureInfo.InvariantCulture), Find(node, "deep") is { ValueKind: JsonValueKind.True }, NodeOf(Find(node, "next")))
        : null;

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string NumberOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number ? number.GetInt32().ToString(CultureInfo.InvariantCulture) : "0";

    /// <summary>A type that holds itself, so that its schema refers to itself.</summary>
    internal sealed record Node(string? Path = null, int Lines = 0, bool Deep = false, Node? Next = null);
}

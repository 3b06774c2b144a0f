using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>JSON as one text: numbers as they are written, texts by what they say, members in their order.</summary>
internal static class Canonical
{
    public static string Of(string tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments) =>
        $"{tool} {{{string.Join(',', arguments.Select(static member => $"{Quote(member.Key)}:{Of(member.Value)}"))}}}";

    public static string Of(string tool, JsonElement arguments) => $"{tool} {(arguments.ValueKind == JsonValueKind.Undefined ? "{}" : Of(arguments))}";

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(static member => $"{Quote(member.Name)}:{Of(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Of))}]",
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Quote(string text) =>
        $"\"{string.Concat(text.Select(static c => c is < ' ' or > '~' or '"' or '\\' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()))}\"";
}

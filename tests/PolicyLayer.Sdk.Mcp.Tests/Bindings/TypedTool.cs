using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>A tool with parameters of the types that a binder reads generously: enums, dates, identifiers, what may be null, what has a default.</summary>
internal sealed class TypedTool
{
    private const string Unread = "unread";

    /// <summary>What the last call was bound to; null when the tool did not run.</summary>
    public string? Bound { get; set; }

    public McpServerTool Create() => McpServerTool.Create(
        (Level level, DateTimeOffset when, Order order, int? maybe = null, long big = 7, bool flag = true, double ratio = 0.5) =>
        {
            Bound = string.Create(CultureInfo.InvariantCulture, $"{level} {when:O} {order.Level} {order.Id} {order.Money} {order.Due:O} {maybe} {big} {flag} {ratio:R}");
            return big;
        },
        new McpServerToolCreateOptions { Name = "bind" });

    /// <summary>The same by a reader that takes each value in one form only.</summary>
    public static string Expected(string arguments)
    {
        JsonElement all = JsonElement.Parse(arguments, new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonElement order = all.GetProperty("order");
        return $"{LevelOf(all)} {DateOf(all, "when")} {LevelOf(order)} {IdOf(order)} {Number(order, "money", "0", static n => n.GetDecimal().ToString(CultureInfo.InvariantCulture))} {DateOf(order, "due")} "
            + $"{Number(all, "maybe", string.Empty, static n => n.GetInt32().ToString(CultureInfo.InvariantCulture))} {Number(all, "big", "7", static n => n.GetInt64().ToString(CultureInfo.InvariantCulture))} "
            + $"{FlagOf(all)} {Number(all, "ratio", "0.5", static n => n.GetDouble().ToString("R", CultureInfo.InvariantCulture))}";
    }

    private static string LevelOf(JsonElement value) => Find(value, "level") switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is "Low" or "High" => text.GetString()!,
        null => nameof(Level.Low),
        _ => Unread,
    };

    private static string DateOf(JsonElement value, string name) => Find(value, name) switch
    {
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParseExact(text.GetString(), ["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) => date.ToString("O", CultureInfo.InvariantCulture),
        null or { ValueKind: JsonValueKind.Null } => string.Empty,
        _ => Unread,
    };

    private static string IdOf(JsonElement value) => Find(value, "id") switch
    {
        { ValueKind: JsonValueKind.String } text when Guid.TryParseExact(text.GetString(), "D", out Guid id) => id.ToString(),
        null or { ValueKind: JsonValueKind.Null } => string.Empty,
        _ => Unread,
    };

    private static string FlagOf(JsonElement value) => Find(value, "flag") switch
    {
        null or { ValueKind: JsonValueKind.True } => bool.TrueString,
        { ValueKind: JsonValueKind.False } => bool.FalseString,
        _ => Unread,
    };

    private static string Number(JsonElement value, string name, string missing, Func<JsonElement, string> read) => Find(value, name) switch
    {
        { ValueKind: JsonValueKind.Number } number => read(number),
        null => missing,
        { ValueKind: JsonValueKind.Null } when missing.Length == 0 => missing,
        _ => Unread,
    };

    private static JsonElement? Find(JsonElement value, string name) => value.TryGetProperty(name, out JsonElement found) ? found : null;

    [JsonConverter(typeof(JsonStringEnumConverter<Level>))]
    internal enum Level
    {
        Low,
        High,
    }

    internal sealed record Order(Level Level = Level.Low, Guid? Id = null, decimal Money = 0, DateTimeOffset? Due = null);
}

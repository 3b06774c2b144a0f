using System.Text.Json;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Cli.Grants;

/// <summary>Grants, for people and for programs; nothing of their tokens.</summary>
internal static class GrantsPrinter
{
    private static readonly string[] Head = ["id", "label", "attributes", "policies", "expires"];

    /// <summary>A table whose columns are as wide as what stands in them.</summary>
    public static void Print(Terminal terminal, IReadOnlyList<GrantEntry> entries, DateTimeOffset now)
    {
        if (entries.Count == 0)
        {
            terminal.Line(("no grants, so nobody may call; `policylayer grants add` makes one", string.Empty));
            return;
        }

        string[][] rows = Columns.Align([Head, .. entries.Select(Row)]);
        for (int i = 0; i < rows.Length; i++)
        {
            string line = string.Join("  ", rows[i]).TrimEnd();
            bool isExpired = i > 0 && IsExpired(entries[i - 1], now);
            terminal.Line((line, i == 0 ? "bold" : string.Empty), (isExpired ? "  expired" : string.Empty, "red"));
        }
    }

    public static string ToJson(GrantEntry entry, DateTimeOffset now) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", entry.Grant.Id);
        writer.WriteString("label", entry.Grant.Label);
        writer.WritePropertyName("attributes");
        if (entry.Grant.Attributes.ValueKind == JsonValueKind.Object)
        {
            entry.Grant.Attributes.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("policies");
        JsonSerializer.Serialize(writer, entry.Policies);
        writer.WriteString("expires", entry.Expires is { } expires ? JsonTime.Of(expires) : null);
        writer.WriteBoolean("expired", IsExpired(entry, now));
        writer.WriteEndObject();
    });

    private static string[] Row(GrantEntry entry) =>
    [
        Printable.Of(entry.Grant.Id),
        Printable.Of(entry.Grant.Label ?? "-"),
        entry.Grant.Attributes.ValueKind == JsonValueKind.Object && entry.Grant.Attributes.GetPropertyCount() > 0
            ? Printable.Of(string.Join(' ', entry.Grant.Attributes.EnumerateObject().Select(static member => $"{member.Name}={member.Value}")))
            : "-",
        entry.Policies is null ? "all" : Printable.Of(string.Join(' ', entry.Policies)),
        entry.Expires is { } expires ? JsonTime.Of(expires) : "never",
    ];

    private static bool IsExpired(GrantEntry entry, DateTimeOffset now) => entry.Expires <= now;
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http.Headers;

/// <summary>Which arguments of tools are repeated in headers (<c>x-mcp-header</c>), as the tools were listed.</summary>
internal sealed class HeaderParameters
{
    private const int MostLevels = 16;

    private readonly ConcurrentDictionary<string, Parameter[]> _byTool = new(StringComparer.Ordinal);

    /// <summary>Remembers what a listed tool says.</summary>
    public void Remember(JsonElement tool)
    {
        if (DecidingMembers.Find(tool, "name") is { ValueKind: JsonValueKind.String } name)
        {
            _byTool[name.GetString()!] = [.. Of(DecidingMembers.Find(tool, "inputSchema"), [])];
        }
    }

    /// <summary>What is wrong with the headers of a message; null when each repeats an argument truly.</summary>
    public string? Problem(IHeaderDictionary headers, MessageHeadings body)
    {
        foreach ((string header, Microsoft.Extensions.Primitives.StringValues values) in headers)
        {
            if (header.StartsWith(McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase)
                && !(values is [{ } value] && HeaderCheck.Decode(value) is { } text && IsTrue(header[McpHeaders.ParameterPrefix.Length..], text, body)))
            {
                return "a header Mcp-Param-* must equal the argument that the tool was listed to repeat in it";
            }
        }

        return null;
    }

    private static IEnumerable<Parameter> Of(JsonElement schema, string[] path)
    {
        JsonElement properties = DecidingMembers.Find(schema, "properties");
        if (properties.ValueKind != JsonValueKind.Object || path.Length >= MostLevels)
        {
            yield break;
        }

        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string[] inner = [.. path, property.Name];
            if (DecidingMembers.Find(property.Value, "x-mcp-header") is { ValueKind: JsonValueKind.String } header)
            {
                yield return new Parameter(header.GetString()!, inner);
            }

            foreach (Parameter parameter in Of(property.Value, inner))
            {
                yield return parameter;
            }
        }
    }

    private bool IsTrue(string header, string text, MessageHeadings body)
    {
        Parameter[] declared = body is { Method: "tools/call", Name: { } tool } && _byTool.TryGetValue(tool, out Parameter[]? all)
            ? [.. all.Where(parameter => parameter.Header.Equals(header, StringComparison.OrdinalIgnoreCase))]
            : [];
        return declared.Length > 0 && Array.TrueForAll(declared, parameter => Text(parameter.Path.Aggregate(body.Arguments, DecidingMembers.Find)) == text);
    }

    /// <summary>An argument as a header has it; null for what no header can.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number when value.TryGetDecimal(out decimal number) && number == decimal.Truncate(number) => number.ToString("0", CultureInfo.InvariantCulture),
        _ => null,
    };

    private sealed record Parameter(string Header, string[] Path);
}

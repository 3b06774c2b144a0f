using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http.Headers;

/// <summary>Whether the headers that repeat what the body says are true: somebody on the way may go by them.</summary>
internal static class HeaderCheck
{
    /// <summary>The revision from which on the headers must be there.</summary>
    private const string FirstRevision = "2026-07-28";

    private const string Begin = "=?base64?";
    private const string End = "?=";

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Problem(IHeaderDictionary headers, MessageHeadings body)
    {
        StringValues revisions = headers[McpHeaders.ProtocolVersion];
        if (revisions.Count > 1 || (body.Revision is { } said && revisions.Count == 1 && revisions[0] != said))
        {
            return "the header MCP-Protocol-Version must equal what the body says";
        }

        string? revision = revisions.Count == 1 ? revisions[0] : body.Revision;
        bool areNeeded = string.CompareOrdinal(revision, FirstRevision) >= 0;
        return !IsTrue(headers[McpHeaders.Method], body.Method is null, areNeeded, method => method == body.Method) ? "the header Mcp-Method must equal the body's `method`"
            : !IsTrue(headers[McpHeaders.Name], body.Name is null, areNeeded, body.IsNamed) ? "the header Mcp-Name must equal the body's name, or uri"
            : null;
    }

    private static bool IsTrue(StringValues header, bool mayBeAbsent, bool isNeeded, Func<string, bool> isTrue) => header switch
    {
        [] => !isNeeded || mayBeAbsent,
        [{ } value] => Decode(value) is { } text && isTrue(text),
        _ => false,
    };

    /// <summary>What the value of a header stands for; null when it is none.</summary>
    public static string? Decode(string value)
    {
        if (!value.StartsWith(Begin, StringComparison.Ordinal) || !value.EndsWith(End, StringComparison.Ordinal) || value.Length < Begin.Length + End.Length)
        {
            return value;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(value[Begin.Length..^End.Length]));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}

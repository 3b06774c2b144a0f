using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Check 0 of a call: its arguments are one well-formed JSON object within the bounds, or absent.</summary>
internal static class WellFormedCall
{
    /// <summary>How large arguments may be, as UTF-8 text.</summary>
    public const int MaxBytes = 1 << 20;

    private const string NoObject = "they must be one JSON object";

    private const string TooLarge = "they are larger than 1 MiB";

    /// <summary>How long a tool's name may be, in UTF-16 units: longer ones would make globs slow, and name no tool.</summary>
    private const int LongestName = 1024;

    /// <summary>Says what is wrong, in a sentence about the arguments; null when nothing is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="index">Receives where the arguments stand, when they are such that this is found on the way.</param>
    public static string? Problem(in ToolCall call, ref MemberIndex index) =>
        call.Tool?.Length > LongestName ? "the name of the tool is longer than 1,024 characters" : Problem(call.GivenArguments, ref index);

    /// <summary>The same of the arguments alone.</summary>
    public static string? Problem(in ToolArguments arguments, ref MemberIndex index)
    {
        if (!arguments.IsGivenAsElement)
        {
            return arguments.Members is { } members ? Problem(members) : Problem(arguments.Unread!, ref index);
        }

        ref readonly JsonElement element = ref arguments.GivenElement;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return element.ValueKind == JsonValueKind.Undefined ? null : NoObject;
        }

        ReadOnlySpan<byte> utf8 = JsonMarshal.GetRawUtf8Value(element);
        return utf8.Length > MaxBytes ? TooLarge
            : FlatObject.TryIndex(utf8, isParsed: true, ref index) ? null
            : Problem(element, utf8, depth: 0);
    }

    private static string? Problem(UnreadArguments text, ref MemberIndex index)
    {
        ReadOnlySpan<byte> utf8 = text.Utf8;
        return utf8.Length > MaxBytes ? TooLarge
            : FlatObject.TryIndex(utf8, isParsed: false, ref index) ? null
            : text.Element.ValueKind switch
            {
                JsonValueKind.Undefined => StrictJson.Problem(utf8, depth: 0) ?? StrictJson.NotJson,
                JsonValueKind.Object => Problem(text.Element, utf8, depth: 0),
                _ => NoObject,
            };
    }

    private static string? Problem(JsonElement value, ReadOnlySpan<byte> utf8, int depth) =>
        PlainJson.IsWellFormed(value, utf8) ? null : StrictJson.Problem(utf8, depth);

    private static string? Problem(Dictionary<string, JsonElement> members)
    {
        // As it would be written without white space: braces, and for each member two quotes, a colon and a comma.
        long size = members.Count == 0 ? 2 : 1;
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            if (member.Value.ValueKind == JsonValueKind.Undefined)
            {
                return "one of them has no value";
            }

            ReadOnlySpan<byte> utf8 = JsonMarshal.GetRawUtf8Value(member.Value);
            size += Encoding.UTF8.GetByteCount(member.Key) + utf8.Length + 4;
            if (size > MaxBytes)
            {
                return TooLarge;
            }

            if (Surrogates.FirstLone(member.Key) >= 0)
            {
                return StrictJson.BrokenEscape;
            }

            if (Problem(member.Value, utf8, depth: 1) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>A path such as <c>args.items.0.price</c> (policy format, section 3), resolved without allocation.</summary>
internal sealed class ArgumentPath
{
    private static readonly string[] LaterRoots = ["grant", "user", "session", "tool", "context", "time"];

    private readonly string _first;
    private readonly Segment[] _rest;

    private ArgumentPath(string text, string first, Segment[] rest)
    {
        Text = text;
        _first = first;
        _rest = rest;
    }

    /// <summary>The path as the policy writes it.</summary>
    public string Text { get; }

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The path, or null.</param>
    /// <param name="code">The code of what is wrong, or null.</param>
    /// <param name="error">What is wrong, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArgumentPath? path, [NotNullWhen(false)] out string? code, [NotNullWhen(false)] out string? error)
    {
        path = null;
        (code, error) = Problem(text);
        if (code is not null && error is not null)
        {
            return false;
        }

        string[] segments = text.Split('.');
        path = new ArgumentPath(text, segments[1], [.. segments.Skip(2).Select(static segment => new Segment(segment))]);
        return true;
    }

    /// <summary>Finds the value in the arguments of one call; false when it is not there.</summary>
    public bool TryResolve(in ToolArguments arguments, out JsonElement value)
    {
        if (!arguments.TryGet(_first, out value))
        {
            return false;
        }

        foreach (Segment segment in _rest)
        {
            if (!segment.TryStep(ref value))
            {
                return false;
            }
        }

        return true;
    }

    private static (string? Code, string? Error) Problem(string text)
    {
        if (text.StartsWith('/'))
        {
            return (DiagnosticCodes.NotSupported, "a JSON pointer as a path is not supported by this version; write `args.name`");
        }

        string[] segments = text.Split('.');
        if (LaterRoots.Contains(segments[0], StringComparer.Ordinal))
        {
            return (DiagnosticCodes.NotSupported, $"paths below `{segments[0]}` are not supported by this version; only `args` is");
        }

        if (segments[0] != "args" || segments.Length == 1)
        {
            return (DiagnosticCodes.InvalidPath, $"`{text}` is not a path; a path starts with `args.`, such as `args.amount`");
        }

        if (segments.Contains("*", StringComparer.Ordinal))
        {
            return (DiagnosticCodes.NotSupported, "`*` in a path is not supported by this version");
        }

        return segments.Any(static segment => segment.Length == 0)
            ? (DiagnosticCodes.InvalidPath, $"`{text}` has an empty part between its dots")
            : default;
    }

    /// <summary>One step: a member's name, which in an array is an index.</summary>
    private readonly struct Segment(string name)
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
        private readonly int _index = IsIndex(name, out int index) ? index : -1;

        public bool TryStep(ref JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                return value.TryGetProperty(_name, out value);
            }

            if (value.ValueKind != JsonValueKind.Array || _index < 0 || _index >= value.GetArrayLength())
            {
                return false;
            }

            value = value[_index];
            return true;
        }

        private static bool IsIndex(string name, out int index) =>
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (name.Length == 1 || name[0] != '0');
    }
}

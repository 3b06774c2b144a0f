using System.Text.Json;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>Reads the arguments of a call against the schema; a model's slip becomes a sentence it can act on.</summary>
internal readonly record struct ToolArguments(string Code, int Timeout)
{
    /// <summary>The arguments, or what is wrong with them.</summary>
    public static string? Read(IEnumerable<KeyValuePair<string, object?>> arguments, ToolBounds bounds, out ToolArguments read)
    {
        string? code = null;
        int timeout = bounds.DefaultTimeout;
        read = default;
        foreach ((string name, object? value) in arguments)
        {
            switch (name)
            {
                case "code" when Text(value) is { } text:
                    code = text;
                    break;
                case "timeout" when Integer(value) is { } seconds && seconds >= bounds.MinTimeout && seconds <= bounds.MaxTimeout:
                    timeout = (int)seconds;
                    break;
                case "code":
                    return "`code` must be a string of Unicode text. Nothing was started.";
                case "timeout":
                    return $"`timeout` must be a whole number of seconds from {bounds.MinTimeout} to {bounds.MaxTimeout}. Nothing was started.";
                default:
                    return $"`{Shorten(name)}` is not an argument of this tool; it takes `code` and `timeout`. Nothing was started.";
            }
        }

        if (code is null)
        {
            return "`code` is missing. Nothing was started.";
        }

        if (code.Length > bounds.MaxCodeLength && code.EnumerateRunes().Count() is var length && length > bounds.MaxCodeLength)
        {
            return $"`code` is {length} characters long; at most {bounds.MaxCodeLength} are allowed. Nothing was started.";
        }

        read = new ToolArguments(code, timeout);
        return null;
    }

    private static string? Text(object? value)
    {
        try
        {
            return value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } json ? json.GetString() : null);
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair, escaped: JSON, but not text
        }
    }

    private static decimal? Integer(object? value) => value switch
    {
        int or long or short or byte or uint => Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture),
        double real when double.IsInteger(real) && Math.Abs(real) < 1e9 => (decimal)real,
        JsonElement { ValueKind: JsonValueKind.Number } json when json.TryGetDecimal(out decimal number) && decimal.IsInteger(number) => number,
        _ => null,
    };

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}

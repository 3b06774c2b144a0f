using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Python.Protocol;

/// <summary>Lines of <c>key=value</c>, as the supervisor and the probe write them.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Fields(ReadOnlySpan<byte> text)
    {
        foreach (string line in Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _values[line[..equals]] = line[(equals + 1)..];
            }
        }
    }

    /// <exception cref="InvalidDataException">It is not there.</exception>
    public string Text(string key) =>
        _values.TryGetValue(key, out string? value) ? value : throw new InvalidDataException($"`{key}` is missing");

    /// <exception cref="InvalidDataException">It is not there, or not a number from zero on.</exception>
    public long Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidDataException($"`{key}` is not a number");

    /// <summary>What stands behind a prefix, by the rest of the key.</summary>
    public IReadOnlyDictionary<string, string> Below(string prefix) => _values
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);

    public string[] Names(string key) => Text(key).Split(',', StringSplitOptions.RemoveEmptyEntries);
}

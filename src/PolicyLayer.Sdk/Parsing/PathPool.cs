using System.Diagnostics.CodeAnalysis;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Gives equal paths of one document one object: a document of many tools asks for the same few arguments again and again.</summary>
internal sealed class PathPool
{
    private readonly Dictionary<string, ValuePath> _paths = new(StringComparer.Ordinal);

    /// <summary>Reads a path, or says what is wrong with it.</summary>
    public bool TryGet(string text, [NotNullWhen(true)] out ValuePath? path, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (_paths.TryGetValue(text, out path))
        {
            return true;
        }

        if (!PathParser.TryParse(text, out path, out error))
        {
            return false;
        }

        _paths.Add(text, path);
        return true;
    }
}

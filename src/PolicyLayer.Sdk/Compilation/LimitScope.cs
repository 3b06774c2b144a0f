using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>What a limit counts apart: each grant, session, user, value at a path, or combination of them.</summary>
/// <param name="text">As the policy writes it.</param>
/// <param name="paths">The parts; none counts all calls together.</param>
internal sealed class LimitScope(string text, ValuePath[] paths)
{
    private const int LongestKey = 256;

    /// <summary>Each grant apart.</summary>
    public static readonly LimitScope Grant = new("grant", [new ValuePath("grant.id", PathRoot.GrantId, [])]);

    public string Text { get; } = text;

    /// <summary>The key of a call's counter. What is absent is a value of its own: leaving it out never escapes the limit.</summary>
    public string KeyOf(in CallView call)
    {
        if (paths.Length == 0)
        {
            return string.Empty;
        }

        // The id of a grant is itself the key, so that the commonest scope allocates nothing; ids are never empty.
        if (paths.Length == 1 && paths[0].Root == PathRoot.GrantId)
        {
            return call.Call.Grant!.Id;
        }

        var key = new StringBuilder();
        foreach (ValuePath path in paths)
        {
            path.TryResolve(call, out PathValue value);
            if (value.IsAbsent)
            {
                key.Append('-');
                continue;
            }

            // The length goes before, so that no value can pass for the end of another.
            string part = CanonicalJson.Of(value);
            key.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
        }

        return key.Length <= LongestKey ? key.ToString() : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
    }
}

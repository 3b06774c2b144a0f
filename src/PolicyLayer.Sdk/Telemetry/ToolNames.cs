using System.Collections.Concurrent;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>Tools by few names, for whoever keeps a number for each: a model may invent names without end.</summary>
internal sealed class ToolNames
{
    /// <summary>Stands for every other tool.</summary>
    public const string Other = "_OTHER";

    /// <summary>How many tools that no policy names have a name of their own.</summary>
    public const int MostMet = 1_000;

    /// <summary>Longer names are never kept.</summary>
    private const int LongestMet = 128;

    private readonly ConcurrentDictionary<string, string> _met = new(StringComparer.Ordinal);
    private readonly Lock _meeting = new();
    private int _count;

    /// <summary>The name of a tool that a policy names, or of which a call was allowed while there was room; of others <see cref="Other"/>.</summary>
    /// <param name="policies">The policies that judge the call.</param>
    /// <param name="tool">What the model called it.</param>
    /// <param name="isAllowed">Whether the call was allowed, so that it was no invention.</param>
    public string Of(PolicySet? policies, string? tool, bool isAllowed)
    {
        if (tool is null)
        {
            return Other;
        }

        return policies?.Names(tool) == true ? tool : _met.GetValueOrDefault(tool) ?? (isAllowed ? Meet(tool) : Other);
    }

    private string Meet(string tool)
    {
        if (tool.Length > LongestMet || Volatile.Read(ref _count) >= MostMet)
        {
            return Other;
        }

        lock (_meeting)
        {
            if (_met.TryGetValue(tool, out string? shown))
            {
                return shown;
            }

            if (_count >= MostMet)
            {
                return Other;
            }

            _count++;
            return _met[tool] = ShownName.Of(tool);
        }
    }
}

using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>What one call adds to a counter: a constant, or a number of the call.</summary>
internal sealed class LimitAmount
{
    /// <summary>One for each call.</summary>
    public static readonly LimitAmount One = new(1m, null);

    private readonly decimal _constant;
    private readonly ValuePath? _path;

    private LimitAmount(decimal constant, ValuePath? path)
    {
        _constant = constant;
        _path = path;
    }

    /// <summary>Whether calls are counted, not something in them.</summary>
    public bool CountsCalls => _path is null && _constant == 1;

    public static LimitAmount Of(decimal constant) => constant == 1 ? One : new LimitAmount(constant, null);

    public static LimitAmount At(ValuePath path) => new(0, path);

    /// <summary>Finds the amount of a call, or says what is wrong with it in words that never show it.</summary>
    public bool TryGet(in CallView call, out decimal amount, out string? problem)
    {
        amount = _constant;
        problem = null;
        if (_path is null)
        {
            return true;
        }

        if (!_path.TryResolve(call, out PathValue value) || value.IsAbsent)
        {
            problem = $"`{_path.Text}` is missing";
        }
        else if (value.Kind != JsonValueKind.Number)
        {
            problem = $"`{_path.Text}` must be a number";
        }
        else if (!ExactAmount.TryRead(value.Utf8, out amount))
        {
            problem = $"`{_path.Text}` must be from 0 to 10^18, with at most 6 digits after the point";
        }

        return problem is null;
    }
}

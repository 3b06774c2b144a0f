using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>The texts and numbers of a long list, found without comparing each: a list may have thousands, and a call bring a hundred thousand values, or one of a megabyte.</summary>
internal sealed class ScalarIndex
{
    /// <summary>The most bytes in which JSON writes a unit of UTF-16.</summary>
    private const int BytesOfUnit = 6;

    private readonly HashSet<string> _texts;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;

    /// <summary>In their order, but for those whose exponent is beyond comparing.</summary>
    private readonly Operand[] _numbers;
    private readonly bool _hasBeyond;

    /// <param name="list">The list; what is neither text nor number is not looked at.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    public ScalarIndex(Operand[] list, bool ignoreCase)
    {
        IEnumerable<string> texts = list.Where(static operand => operand.Kind == JsonValueKind.String).Select(static operand => operand.Text);
        _texts = new HashSet<string>(texts, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = _texts.Count == 0 ? 0 : _texts.Max(static text => text.Length);
        Operand[] numbers = Array.FindAll(list, static operand => operand.Kind == JsonValueKind.Number);
        _numbers = Array.FindAll(numbers, static number => ExactNumber.TryCompare(number.Utf8, number.Utf8, out _));
        _hasBeyond = _numbers.Length < numbers.Length;
        Array.Sort(_numbers, static (one, other) => Order(one.Utf8, other.Utf8));
    }

    /// <summary>Whether a text or a number is in the list; unknown where the list has none of its type, or all that could tell is a number beyond comparing.</summary>
    public ConditionOutcome Find(in PathValue value) => value.Kind == JsonValueKind.String ? FindText(value) : FindNumber(value.Utf8);

    private ConditionOutcome FindText(in PathValue value)
    {
        if (_texts.Count == 0)
        {
            return ConditionOutcome.Unknown;
        }

        if (value.Text is null && value.Content.Length > (long)_longest * BytesOfUnit)
        {
            return ConditionOutcome.False;
        }

        using TextView text = TextView.Of(value);
        return Kleene.From(text.Span.Length <= _longest && _lookup.Contains(text.Span));
    }

    private ConditionOutcome FindNumber(ReadOnlySpan<byte> value)
    {
        if (_numbers.Length == 0 || !ExactNumber.TryCompare(value, value, out _))
        {
            return ConditionOutcome.Unknown;
        }

        (int first, int end) = (0, _numbers.Length);
        while (first < end)
        {
            int middle = (first + end) / 2;
            int order = Order(value, _numbers[middle].Utf8);
            if (order == 0)
            {
                return ConditionOutcome.True;
            }

            (first, end) = order < 0 ? (first, middle) : (middle + 1, end);
        }

        return _hasBeyond ? ConditionOutcome.Unknown : ConditionOutcome.False;
    }

    /// <summary>The order of two numbers that can be compared.</summary>
    private static int Order(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        _ = ExactNumber.TryCompare(one, other, out int order);
        return order;
    }
}

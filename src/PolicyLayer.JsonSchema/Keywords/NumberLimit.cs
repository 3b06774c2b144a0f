using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c> (2020-12 validation, sections 6.2.2 to 6.2.5), exactly.</summary>
internal sealed class NumberLimit : Assertion
{
    private readonly byte[] _limit;
    private readonly long? _smallLimit;
    private readonly int _forbiddenOrder;
    private readonly bool _isExclusive;
    private readonly string _words;
    private string? _expectation;

    private NumberLimit(SchemaLocation location, byte[] limit, int forbiddenOrder, bool isExclusive, string words)
        : base(location)
    {
        _limit = limit;
        _smallLimit = ExactNumber.TryReadSmall(limit, out long small) ? small : null;
        _forbiddenOrder = forbiddenOrder;
        _isExclusive = isExclusive;
        _words = words;
    }

    public static IEnumerable<KeywordDefinition> Definitions =>
    [
        Define("minimum", -1, false, "at least"),
        Define("maximum", 1, false, "at most"),
        Define("exclusiveMinimum", -1, true, "greater than"),
        Define("exclusiveMaximum", 1, true, "less than"),
    ];

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Number)
        {
            return true;
        }

        int order;
        if (_smallLimit is long limit && ExactNumber.TryReadSmall(instance.Number, out long value))
        {
            order = value.CompareTo(limit);
        }
        else if (!ExactNumber.TryCompare(instance.Number, _limit, out order))
        {
            return run.Undecidable(Obstacles.Exponent);
        }

        return order == 0 ? !_isExclusive : Math.Sign(order) != _forbiddenOrder;
    }

    protected override string Expectation(scoped in Instance instance) =>
        _expectation ??= string.Create(CultureInfo.InvariantCulture, $"must be {_words} {Quoted.Shorten(Encoding.UTF8.GetString(_limit), 64)}");

    private static KeywordDefinition Define(string name, int forbiddenOrder, bool isExclusive, string words) => new(
        schema =>
        {
            SchemaValue value = schema.Find(name)!;
            return value.ReadNumber() is byte[] limit ? new NumberLimit(value.Location, limit, forbiddenOrder, isExclusive, words) : null;
        },
        name);
}

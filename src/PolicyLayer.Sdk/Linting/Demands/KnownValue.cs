using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>What is known of the value at a path before any condition looks at it.</summary>
internal sealed class KnownValue : Demand
{
    private static readonly KnownValue Text = new(ValueTypes.Text, null, "a string");

    private static readonly KnownValue TextOrNothing = new(ValueTypes.Text, null, "a string") { AllowsAbsence = true };

    private static readonly KnownValue Hour = new(ValueTypes.Number, [.. JsonElement.Parse("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23]"u8).EnumerateArray()], "a number from 0 to 23");

    private static readonly KnownValue Weekday = new(ValueTypes.Text, [.. JsonElement.Parse("""["mon","tue","wed","thu","fri","sat","sun"]"""u8).EnumerateArray()], """one of "mon", "tue", "wed", "thu", "fri", "sat" and "sun" """.TrimEnd());

    private readonly MembershipOperator? _list;
    private readonly bool _isWhole;

    /// <param name="types">The types that it can have; none where there is never a value.</param>
    /// <param name="values">All that it can be, or null.</param>
    /// <param name="words">What it is, as a text that follows <c>is</c>.</param>
    /// <param name="isWhole">Whether numbers have no fraction.</param>
    /// <param name="least">The bound that it reaches; only of what is a number.</param>
    /// <param name="most">The bound that it does not pass; only of what is a number.</param>
    public KnownValue(ValueTypes types, JsonElement[]? values, string words, bool isWhole = false, Bound? least = null, Bound? most = null)
    {
        Least = least;
        Most = most;
        Types = types;
        Values = values;
        Words = words;
        Cost += values?.Length ?? 0;
        _list = values is null ? null : new MembershipOperator(Array.ConvertAll(values, static value => new Operand(new PathValue(value))), wanted: true, ignoreCase: false);
        _isWhole = isWhole;
    }

    public override JsonElement[]? Values { get; }

    /// <summary>What it is, as a text that follows <c>is</c>.</summary>
    public string Words { get; }

    public override ConditionOutcome Judge(in PathValue value) =>
        value.IsAbsent ? ConditionOutcome.False
        : _list is not null ? _list.Judge(value)
        : Kleene.From(Types.HasFlag(ValueTypesExtensions.Of(value.Kind)) && (value.Kind != JsonValueKind.Number || IsNumber(value.Utf8)));

    /// <summary>What is known of a path apart from arguments and what a host gives freely; null where that is nothing.</summary>
    public static KnownValue? Of(PathRoot root) => root switch
    {
        PathRoot.GrantId or PathRoot.ToolName or PathRoot.TimeUtc => Text,
        PathRoot.GrantLabel or PathRoot.UserId or PathRoot.SessionId => TextOrNothing,
        PathRoot.TimeHour => Hour,
        PathRoot.TimeWeekday => Weekday,
        _ => null,
    };

    private bool IsNumber(ReadOnlySpan<byte> number) =>
        (!_isWhole || ExactNumber.IsInteger(number)) && (Least is not { } least || least.IsReachedBy(number)) && (Most is not { } most || most.IsKeptBy(number));
}

using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>What a condition says of arguments, told again as the policy format's section 3 reads, without anything of the product: 1 true, 0 unknown, -1 false.</summary>
internal static class ConditionModel
{
    public static int Evaluate(JsonElement condition, JsonElement arguments, bool truthPasses)
    {
        if (condition.TryGetProperty("any", out JsonElement any))
        {
            return any.EnumerateArray().Select(part => Evaluate(part, arguments, truthPasses)).Append(-1).Max();
        }

        if (condition.TryGetProperty("all", out JsonElement all))
        {
            return all.EnumerateArray().Select(part => Evaluate(part, arguments, truthPasses)).Append(1).Min();
        }

        if (condition.TryGetProperty("not", out JsonElement not))
        {
            return -Evaluate(not, arguments, !truthPasses);
        }

        string path = condition.GetProperty("path").GetString()!;
        JsonElement operand = condition.TryGetProperty("value", out JsonElement value) ? value : ValuesAt(condition.GetProperty("value_from").GetString()!, arguments).FirstOrDefault();
        int[] outcomes = [.. ValuesAt(path, arguments).Select(found => Test(found, condition.GetProperty("op").GetString()!, operand, condition.TryGetProperty("ignore_case", out _)))];
        return outcomes.Length == 0 ? -1 : truthPasses ? outcomes.Min() : outcomes.Max();
    }

    /// <summary>The values that a path leads to, undefined for one that is absent: without a star always one, behind one as many as it stands for.</summary>
    private static List<JsonElement> ValuesAt(string path, JsonElement arguments)
    {
        bool isPointer = path[0] == '/';
        IEnumerable<string> parts = isPointer
            ? path[1..].Split('/').Select(static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            : path.Split('.').Skip(1);
        List<JsonElement> values = [arguments];
        bool hadStar = false;
        foreach (string part in parts)
        {
            bool isStar = !isPointer && part == "*";
            bool mayBeNone = isStar && !hadStar;
            values = [.. values.SelectMany(value => isStar ? Children(value, mayBeNone) : [Child(value, part)])];
            hadStar |= isStar;
        }

        return values;
    }

    private static IEnumerable<JsonElement> Children(JsonElement value, bool mayBeNone) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Object => value.EnumerateObject().Select(static member => member.Value),
        _ => mayBeNone ? [] : [default],
    };

    private static JsonElement Child(JsonElement value, string part) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part, out JsonElement member) ? member
        : value.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < value.GetArrayLength() ? value[index]
        : default;

    private static int Test(JsonElement value, string op, JsonElement operand, bool ignoreCase)
    {
        bool isAbsent = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        if (op == "exists")
        {
            return From(isAbsent != operand.GetBoolean());
        }

        return isAbsent ? -1 : (op, value.ValueKind, operand.ValueKind) switch
        {
            (_, _, JsonValueKind.Undefined or JsonValueKind.Null) => 0,
            ("eq", _, _) => HaveOneType(value, operand) ? Same(value, operand, ignoreCase) : 0,
            ("neq", _, _) => HaveOneType(value, operand) ? -Same(value, operand, ignoreCase) : 0,
            ("in" or "not_in", _, JsonValueKind.Array) => operand.EnumerateArray().Any(element => HaveOneType(value, element)) ? Among(value, operand, ignoreCase) * (op == "in" ? 1 : -1) : 0,
            ("contains", JsonValueKind.Array, _) => Among(operand, value, ignoreCase),
            ("contains", JsonValueKind.String, JsonValueKind.String) => From(Text(value, ignoreCase).Contains(Text(operand, ignoreCase), StringComparison.Ordinal)),
            ("starts_with", JsonValueKind.String, JsonValueKind.String) => From(Text(value, ignoreCase).StartsWith(Text(operand, ignoreCase), StringComparison.Ordinal)),
            ("ends_with", JsonValueKind.String, JsonValueKind.String) => From(Text(value, ignoreCase).EndsWith(Text(operand, ignoreCase), StringComparison.Ordinal)),
            ("lt" or "lte" or "gt" or "gte", JsonValueKind.Number, JsonValueKind.Number) => Order(value, operand) is { } order ? From(order == 0 ? op.Length == 3 : order < 0 == (op[0] == 'l')) : 0,
            _ => 0,
        };
    }

    private static int From(bool holds) => holds ? 1 : -1;

    private static string Text(JsonElement value, bool ignoreCase) => ignoreCase ? value.GetString()!.ToUpperInvariant() : value.GetString()!;

    private static bool HaveOneType(JsonElement one, JsonElement other) => Type(one) == Type(other);

    private static JsonValueKind Type(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;

    private static int Among(JsonElement value, JsonElement list, bool ignoreCase) =>
        list.EnumerateArray().Where(element => HaveOneType(value, element)).Select(element => Same(value, element, ignoreCase)).Append(-1).Max();

    private static int Same(JsonElement one, JsonElement other, bool ignoreCase)
    {
        if (one.ValueKind != other.ValueKind)
        {
            return -1;
        }

        switch (one.ValueKind)
        {
            case JsonValueKind.String:
                return From(Text(one, ignoreCase) == Text(other, ignoreCase));
            case JsonValueKind.Number:
                return Order(one, other) is { } order ? From(order == 0) : 0;
            case JsonValueKind.Array:
                return one.GetArrayLength() != other.GetArrayLength() ? -1
                    : one.EnumerateArray().Zip(other.EnumerateArray(), (a, b) => Same(a, b, ignoreCase)).Append(1).Min();
            case JsonValueKind.Object:
                return one.GetPropertyCount() != other.GetPropertyCount() ? -1
                    : one.EnumerateObject().Select(member => other.TryGetProperty(member.Name, out JsonElement twin) ? Same(member.Value, twin, ignoreCase) : -1).Append(1).Min();
            default:
                return 1;
        }
    }

    /// <summary>Null where an exponent is beyond reading.</summary>
    private static int? Order(JsonElement one, JsonElement other)
    {
        if (Read(one.GetRawText()) is not var (a, powerOfA) || Read(other.GetRawText()) is not var (b, powerOfB))
        {
            return null;
        }

        int least = Math.Min(powerOfA, powerOfB);
        return (a * BigInteger.Pow(10, powerOfA - least)).CompareTo(b * BigInteger.Pow(10, powerOfB - least));
    }

    private static (BigInteger Digits, int Power)? Read(string number)
    {
        string[] parts = number.Split('e', 'E');
        if (parts.Length == 2 && parts[1].Length > 15)
        {
            return null;
        }

        string[] digits = parts[0].Split('.');
        int power = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return (BigInteger.Parse(string.Concat(digits), CultureInfo.InvariantCulture), digits.Length == 2 ? power - digits[1].Length : power);
    }
}

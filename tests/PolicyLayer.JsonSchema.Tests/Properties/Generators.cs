using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Random JSON: small alphabets, so that things coincide often.</summary>
internal static class Generators
{
    /// <summary>The text of a number, in all the ways that JSON writes it.</summary>
    public static Gen<string> Number { get; } =
        from sign in Gen.Elements("", "-")
        from whole in Gen.Elements("0", "1", "5", "10", "100", "12", "99", "9007199254740993", "123456789012345678901234567890")
        from fraction in Gen.Elements("", ".0", ".00", ".5", ".50", ".05", ".000000000000000000000000001", ".99")
        from mark in Gen.Elements("e", "E", "e+", "e-", "")
        from exponent in Gen.Choose(0, 25)
        select sign + whole + fraction + (mark.Length == 0 ? "" : mark + exponent.ToString(CultureInfo.InvariantCulture));

    /// <summary>What stands between the quotation marks of a string: plain text, escapes, pairs, lone surrogates.</summary>
    public static Gen<string> Text { get; } =
        from parts in Gen.Elements("a", "b", "z", "ä", "€", "😀", "\\n", "\\\\", "\\\"", "\\/", "\\u0061", "\\ud83d\\uDE00", "\\u00e4", "\\ud83d", "\\uDE00", " ").ListOf()
        select string.Concat(parts.Take(12));

    /// <summary>A text that .NET can hold too.</summary>
    public static Gen<string> WellFormedText { get; } = Text.Where(text => !text.Contains("\\ud83d\\ud83d", StringComparison.Ordinal) && TryRead(text));

    /// <summary>A schema of the keywords that are known.</summary>
    public static Gen<string> Schema { get; } = SchemaOf(3);

    /// <summary>An instance that such schemas are about.</summary>
    public static Gen<string> Instance { get; } = InstanceOf(3);

    public static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static Gen<string> InstanceOf(int depth)
    {
        Gen<string> leaf = Gen.OneOf(Number, Text.Select(text => $"\"{text}\""), Gen.Elements("null", "true", "false", "1", "\"a\""));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> inner = InstanceOf(depth - 1);
        Gen<string> array = inner.ListOf().Select(items => $"[{string.Join(',', items.Take(4))}]");
        return Gen.OneOf(leaf, array, ObjectOf(inner), ObjectOf(inner));
    }

    private static Gen<string> ObjectOf(Gen<string> value) =>
        from names in Gen.SubListOf("a", "b", "\\u0063", "d\\ud83d\\ude00", "ä", "")
        from values in value.ArrayOf(6)
        select $"{{{string.Join(',', names.Zip(values, (name, item) => $"\"{name}\":{item}"))}}}";

    private static Gen<string> SchemaOf(int depth)
    {
        Gen<string> name = Gen.Elements("\"a\"", "\"b\"", "\"c\"", "\"d😀\"", "\"ä\"", "\"\"");
        Gen<string> pattern = Gen.Elements("\"a\"", "\"^[^a]\"", "\"b$\"", "\"^\\\\p{L}*$\"", "\"\\\\u{1F600}|ä\"", "\"\"");
        Gen<string> count = Gen.Elements("0", "1", "2", "3.0");
        Gen<string> leaf = Gen.OneOf(
            Gen.Elements("integer", "string", "object", "array", "null", "number", "boolean").Select(type => $"\"type\":\"{type}\""),
            Number.Select(number => $"\"minimum\":{number}"),
            Number.Select(number => $"\"exclusiveMaximum\":{number}"),
            Gen.Elements("0.5", "3", "1e2", "0.00001").Select(number => $"\"multipleOf\":{number}"),
            Gen.Elements("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties").SelectMany(key => count.Select(value => $"\"{key}\":{value}")),
            InstanceOf(1).Where(IsWellFormed).Select(value => $"\"const\":{value}"),
            InstanceOf(0).Where(IsWellFormed).ArrayOf(3).Select(values => $"\"enum\":[{string.Join(',', values)}]"),
            pattern.Select(value => $"\"pattern\":{value}"),
            Gen.Constant("\"uniqueItems\":true"),
            name.Select(value => $"\"required\":[{value}]"),
            name.Select(value => $"\"dependentRequired\":{{\"a\":[{value}]}}"));
        if (depth == 0)
        {
            return leaf.Select(keyword => $"{{{keyword}}}");
        }

        Gen<string> inner = SchemaOf(depth - 1);
        Gen<string> applicator = Gen.OneOf(
            Gen.Elements("items", "not", "additionalProperties", "propertyNames").SelectMany(key => inner.Select(schema => $"\"{key}\":{schema}")),
            Gen.Elements("allOf", "anyOf", "oneOf", "prefixItems").SelectMany(key => inner.ArrayOf(2).Select(schemas => $"\"{key}\":[{string.Join(',', schemas)}]")),
            inner.ArrayOf(3).Select(schemas => $"\"if\":{schemas[0]},\"then\":{schemas[1]},\"else\":{schemas[2]}"),
            name.SelectMany(key => inner.Select(schema => $"\"properties\":{{{key}:{schema}}}")),
            pattern.SelectMany(key => inner.Select(schema => $"\"patternProperties\":{{{key}:{schema}}}")),
            name.SelectMany(key => inner.Select(schema => $"\"dependentSchemas\":{{{key}:{schema}}}")));
        return Gen.OneOf(leaf, applicator, applicator).ArrayOf(2).Select(keywords => JoinDistinct(keywords));
    }

    private static string JoinDistinct(string[] keywords)
    {
        var schema = new StringBuilder("{").Append(keywords[0]);
        if (keywords[0].Split(':')[0] != keywords[1].Split(':')[0])
        {
            schema.Append(',').Append(keywords[1]);
        }

        return schema.Append('}').ToString();
    }

    private static bool IsWellFormed(string json) => new Schemas.Text.JsonText(Encoding.UTF8.GetBytes(json)).IsWellFormed();

    private static bool TryRead(string text)
    {
        try
        {
            return Parse($"\"{text}\"").GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

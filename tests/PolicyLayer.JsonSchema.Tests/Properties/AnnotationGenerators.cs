using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Random schemas in which much is left over for <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
internal static class AnnotationGenerators
{
    private const int Definitions = 3;

    /// <summary>A schema with definitions to which it may refer. A definition refers only to later ones, or goes into the value first.</summary>
    public static Gen<string> Schema { get; } =
        from definitions in Gen.CollectToList(Enumerable.Range(0, Definitions), number => Of(2, number + 1))
        from schema in Of(3, 0)
        let list = string.Join(',', definitions.Select((definition, number) => $"\"d{number}\":{definition}"))
        select schema == "{}" ? $"{{\"$defs\":{{{list}}}}}" : $"{schema[..^1]},\"$defs\":{{{list}}}}}";

    public static Gen<string> Instance { get; } = InstanceOf(2);

    private static Gen<string> InstanceOf(int depth)
    {
        Gen<string> leaf = Gen.Elements("null", "true", "\"x\"");
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> inner = InstanceOf(depth - 1);
        Gen<string> members =
            from names in Gen.SubListOf("a", "b", "c", "d")
            from values in inner.ArrayOf(4)
            select $"{{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}";
        return Gen.OneOf(leaf, inner.ListOf().Select(items => $"[{string.Join(',', items.Take(4))}]"), members, members);
    }

    private static Gen<string> Of(int depth, int firstDefinition)
    {
        Gen<string> name = Gen.Elements("a", "b", "c", "d");
        Gen<string> leaf = Gen.OneOf(
            Gen.Elements("null", "string", "object", "array").Select(type => $"\"type\":\"{type}\""),
            name.Select(value => $"\"required\":[\"{value}\"]"),
            name.Select(value => $"\"properties\":{{\"{value}\":true}}"),
            Gen.Constant("\"prefixItems\":[true]"));
        if (depth == 0)
        {
            return leaf.Select(keyword => $"{{{keyword}}}");
        }

        Gen<string> inPlace = Of(depth - 1, firstDefinition);
        Gen<string> below = Gen.OneOf(Of(depth - 1, 0), Gen.Elements("true", "false"));
        Gen<string> reference = firstDefinition >= Definitions
            ? leaf
            : Gen.Choose(firstDefinition, Definitions - 1).Select(number => $"\"$ref\":\"#/$defs/d{number}\"");
        Gen<string> keyword = Gen.OneOf(
            leaf,
            reference,
            Gen.Elements("allOf", "anyOf", "oneOf").SelectMany(key => inPlace.ArrayOf(2).Select(schemas => $"\"{key}\":[{string.Join(',', schemas)}]")),
            Gen.Elements("not").SelectMany(key => inPlace.Select(schema => $"\"{key}\":{schema}")),
            inPlace.ArrayOf(3).Select(schemas => $"\"if\":{schemas[0]},\"then\":{schemas[1]},\"else\":{schemas[2]}"),
            inPlace.Select(schema => $"\"if\":{schema}"),
            name.SelectMany(key => inPlace.Select(schema => $"\"dependentSchemas\":{{\"{key}\":{schema}}}")),
            name.SelectMany(key => below.Select(schema => $"\"properties\":{{\"{key}\":{schema}}}")),
            below.Select(schema => $"\"prefixItems\":[{schema}]"),
            Gen.Elements("items", "contains", "additionalProperties").SelectMany(key => below.Select(schema => $"\"{key}\":{schema}")),
            Gen.Elements("unevaluatedProperties", "unevaluatedItems").SelectMany(key => below.Select(schema => $"\"{key}\":{schema}")));
        return keyword.ArrayOf(3).Select(keywords => $"{{{string.Join(',', keywords.DistinctBy(text => text.Split(':')[0]))}}}");
    }
}

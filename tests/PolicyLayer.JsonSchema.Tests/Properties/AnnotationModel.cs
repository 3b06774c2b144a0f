using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>
/// What the specification says of evaluated members and items (2020-12 core, section 11), word by word and at any cost: every schema gives back
/// the set of the children that it evaluated. Knows only the keywords that <see cref="AnnotationGenerators"/> makes.
/// </summary>
internal static class AnnotationModel
{
    /// <returns>The evaluated children by index; null when the instance is not valid.</returns>
    public static HashSet<int>? Evaluate(JsonElement schema, JsonElement instance, JsonElement root)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.True ? [] : null;
        }

        var evaluated = new HashSet<int>();
        foreach (JsonProperty keyword in schema.EnumerateObject().OrderBy(keyword => Rank(keyword.Name)))
        {
            if (!Apply(keyword.Name, keyword.Value, schema, instance, root, evaluated))
            {
                return null;
            }
        }

        return evaluated;
    }

    // Siblings first, then those that ask what siblings have done.
    private static int Rank(string keyword) => keyword switch
    {
        "properties" or "prefixItems" => 0,
        "additionalProperties" or "items" => 1,
        "unevaluatedProperties" or "unevaluatedItems" => 3,
        _ => 2,
    };

    private static bool Apply(string keyword, JsonElement value, JsonElement schema, JsonElement instance, JsonElement root, HashSet<int> evaluated)
    {
        HashSet<int>? Sub(JsonElement inner) => Evaluate(inner, instance, root);
        (string Name, JsonElement Value)[] members = instance.ValueKind == JsonValueKind.Object ? [.. instance.EnumerateObject().Select(m => (m.Name, m.Value))] : [];
        JsonElement[] items = instance.ValueKind == JsonValueKind.Array ? [.. instance.EnumerateArray()] : [];
        JsonElement[] children = instance.ValueKind == JsonValueKind.Array ? items : [.. members.Select(member => member.Value)];
        bool All(IEnumerable<int> places, Func<int, JsonElement> schemaOf)
        {
            int[] list = [.. places];
            evaluated.UnionWith(list);
            return list.All(place => Evaluate(schemaOf(place), children[place], root) is not null);
        }

        switch (keyword)
        {
            case "type":
                return string.Equals(value.GetString(), instance.ValueKind.ToString(), StringComparison.OrdinalIgnoreCase);
            case "required":
                return instance.ValueKind != JsonValueKind.Object || value.EnumerateArray().All(name => members.Any(member => member.Name == name.GetString()));
            case "properties":
                return All(members.Index().Where(m => value.TryGetProperty(m.Item.Name, out _)).Select(m => m.Index), place => value.GetProperty(members[place].Name));
            case "additionalProperties":
                bool Declared(string name) => schema.TryGetProperty("properties", out JsonElement declared) && declared.TryGetProperty(name, out _);
                return All(members.Index().Where(m => !Declared(m.Item.Name)).Select(m => m.Index), _ => value);
            case "prefixItems":
                return All(Enumerable.Range(0, Math.Min(items.Length, value.GetArrayLength())), place => value[place]);
            case "items":
                int from = schema.TryGetProperty("prefixItems", out JsonElement prefix) ? prefix.GetArrayLength() : 0;
                return All(Enumerable.Range(0, items.Length).Where(place => place >= from), _ => value);
            case "contains":
                int[] found = [.. Enumerable.Range(0, items.Length).Where(place => Evaluate(value, items[place], root) is not null)];
                evaluated.UnionWith(found);
                return instance.ValueKind != JsonValueKind.Array || found.Length > 0;
            case "unevaluatedProperties":
                return All(Enumerable.Range(0, members.Length).Where(place => !evaluated.Contains(place)).ToArray(), _ => value);
            case "unevaluatedItems":
                return All(Enumerable.Range(0, items.Length).Where(place => !evaluated.Contains(place)).ToArray(), _ => value);
            case "$ref":
                return Merge(evaluated, [Sub(root.GetProperty("$defs").GetProperty(value.GetString()!["#/$defs/".Length..]))], count => count == 1);
            case "allOf":
                return Merge(evaluated, value.EnumerateArray().Select(Sub), count => count == value.GetArrayLength());
            case "anyOf":
                return Merge(evaluated, value.EnumerateArray().Select(Sub), count => count > 0);
            case "oneOf":
                return Merge(evaluated, value.EnumerateArray().Select(Sub), count => count == 1);
            case "not":
                return Sub(value) is null;
            case "dependentSchemas":
                JsonElement[] due = [.. value.EnumerateObject().Where(m => members.Any(member => member.Name == m.Name)).Select(m => m.Value)];
                return Merge(evaluated, due.Select(Sub), count => count == due.Length);
            case "if":
                HashSet<int>? test = Sub(value);
                evaluated.UnionWith(test ?? []);
                return !schema.TryGetProperty(test is null ? "else" : "then", out JsonElement next) || Merge(evaluated, [Sub(next)], count => count == 1);
            case "then" or "else" or "$defs":
                return true;
            default:
                throw new InvalidOperationException(keyword);
        }
    }

    private static bool Merge(HashSet<int> evaluated, IEnumerable<HashSet<int>?> results, Func<int, bool> isEnough)
    {
        HashSet<int>[] valid = [.. results.OfType<HashSet<int>>()];
        foreach (HashSet<int> result in valid)
        {
            evaluated.UnionWith(result);
        }

        return isEnough(valid.Length);
    }
}

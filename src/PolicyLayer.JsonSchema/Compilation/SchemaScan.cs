using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Looks a schema over before anything else does: size, depth, duplicate names, broken text. What comes after may rely on it.</summary>
internal sealed class SchemaScan(JsonSchemaOptions options, SchemaErrors errors)
{
    private long _size;

    public static string TooLarge(JsonSchemaOptions options) => $"the schema is larger than {options.MaxSize} bytes";

    /// <returns>False when something is wrong, which was reported, or nobody reads of what is.</returns>
    public bool Check(JsonElement schema, SchemaLocation root)
    {
        if (schema.ValueKind == JsonValueKind.Undefined)
        {
            errors.Add(root, "the schema is missing: the element is undefined");
            return false;
        }

        _size += JsonMarshal.GetRawUtf8Value(schema).Length;
        if (_size > options.MaxSize)
        {
            errors.Add(root, root == SchemaLocation.Root ? TooLarge(options) : $"the schema and what it refers to are larger than {options.MaxSize} bytes");
            return false;
        }

        int before = errors.Count;
        Check(schema, root, 1);
        return errors.Count == before && !errors.IsFull;
    }

    private void Check(JsonElement value, SchemaLocation location, int depth)
    {
        if (errors.IsFull)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            if (!Instance.TextOf(value).IsWellFormed())
            {
                errors.Add(location, "the text is not valid Unicode: a surrogate stands alone");
            }
        }
        else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            if (depth > options.MaxDepth)
            {
                errors.Add(location, $"the schema is nested deeper than {options.MaxDepth}");
                return;
            }

            CheckInside(value, location, depth);
        }
    }

    private void CheckInside(JsonElement value, SchemaLocation location, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(item, location.Child(index++), depth + 1);
            }

            return;
        }

        // Many objects of a schema have one member, which cannot be there twice.
        HashSet<string>? names = value.GetPropertyCount() > 1 ? [] : null;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!new JsonText(JsonMarshal.GetRawUtf8PropertyName(member)).IsWellFormed())
            {
                errors.Add(location, "a name is not valid Unicode: a surrogate stands alone");
                continue;
            }

            SchemaLocation inside = location.Child(member.Name);
            if (names?.Add(member.Name) == false)
            {
                errors.Add(inside, $"{Quoted.InBackticks(member.Name)} is there twice");
            }

            Check(member.Value, inside, depth + 1);
        }
    }
}

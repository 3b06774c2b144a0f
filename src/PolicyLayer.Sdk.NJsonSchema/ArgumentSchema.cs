using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.NJsonSchema.Generation;

namespace PolicyLayer.Sdk.NJsonSchema;

/// <summary>The schema of a tool's arguments, made from the .NET type that they are bound to. Immutable.</summary>
public sealed class ArgumentSchema
{
    private ArgumentSchema(string json) => Json = json;

    /// <summary>The schema in JSON, draft 2020-12: it can stand as <c>arguments</c> in a policy, and <see cref="JsonSchema.Compile(JsonElement, JsonSchemaOptions?)"/> takes it.</summary>
    public string Json { get; }

    /// <summary>Makes the schema of a type: its properties as System.Text.Json names them, required ones, nullability, enums, and the attributes of <c>System.ComponentModel.DataAnnotations</c>.</summary>
    /// <typeparam name="T">A class or record whose properties are the arguments. A type that refers to itself is fine.</typeparam>
    /// <param name="options">How the arguments are bound: the names and whether enums are texts. Null: <see cref="JsonSerializerOptions.Web"/>.</param>
    /// <remarks>
    /// No object takes members beside those of its type. Numbers keep the range of their .NET type; <see cref="Int128"/> has none. A pattern must match the whole text, as the attribute demands.
    /// Lengths of texts are counted in characters, not in UTF-16 units.
    /// Formats that are no format of JSON Schema, such as that of a <see cref="TimeSpan"/>, are left out; a date and time must have an offset.
    /// </remarks>
    /// <exception cref="SchemaRefusedException">
    /// The type has no schema that can be enforced: a pattern takes more than linear time, an attribute of validation is not known here (such as one of the host's own), stands on a whole type,
    /// on a parameter of a record or on a member of which it says nothing; or a type has its own converter, derived types or flags.
    /// </exception>
    public static ArgumentSchema FromType<T>(JsonSerializerOptions? options = null)
    {
        JsonElement schema;
        try
        {
            schema = SchemaTranslator.Translate(TypeSchema.Of(typeof(T), options ?? JsonSerializerOptions.Web));
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or JsonException or OverflowException or FormatException)
        {
            throw new SchemaRefusedException(string.Empty, $"`{typeof(T).Name}` has none: {e.Message}");
        }

        return JsonSchema.TryCompile(schema, null, out _, out IReadOnlyList<JsonSchemaError> errors)
            ? new ArgumentSchema(schema.GetRawText())
            : throw new SchemaRefusedException(string.Empty, $"that of `{typeof(T).Name}` cannot be enforced: {errors[0]}");
    }

    /// <summary>The schema, compiled, to be put beside a call.</summary>
    public ToolSchema ToToolSchema() => ToolSchema.Compile(JsonElement.Parse(Json));
}

using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Numerics;
using NJsonSchema;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>A member and its schema, to which attributes are applied.</summary>
internal sealed class AnnotatedMember(JsonSchemaProperty schema, Type declared, string name)
{
    /// <summary>What <see cref="UrlAttribute"/> takes, whatever else is a URI.</summary>
    private const string WebAddress = "([hH][tT][tT][pP][sS]?|[fF][tT][pP])://[^\\r\\n]*";

    private const string Base64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

    private readonly Type _type = Nullable.GetUnderlyingType(declared) ?? declared;

    private bool IsText => _type == typeof(string);

    /// <summary>Refuses an attribute.</summary>
    public static SchemaRefusedException Refused(ValidationAttribute attribute, string name, string problem) =>
        new(string.Empty, $"`{attribute.GetType().Name}` on `{name}` cannot be enforced: {problem}");

    /// <summary>Adds what the generator leaves out.</summary>
    /// <exception cref="SchemaRefusedException">No schema can say it, or not of such a member.</exception>
    public void Apply(ValidationAttribute attribute)
    {
        switch (attribute)
        {
            case RequiredAttribute:
                break;
            case MinLengthAttribute or MaxLengthAttribute:
                Demand(IsText || IsCollection, attribute);
                break;
            case StringLengthAttribute or RegularExpressionAttribute or EmailAddressAttribute:
                Demand(IsText, attribute);
                break;
            case RangeAttribute range:
                Demand(IsNumber, attribute);
                schema.IsExclusiveMinimum |= range.MinimumIsExclusive;
                schema.IsExclusiveMaximum |= range.MaximumIsExclusive;
                break;
            case LengthAttribute length:
                Demand(IsText || IsCollection, attribute);
                SetLength(length);
                break;
            case UrlAttribute:
                Demand(IsText || _type == typeof(Uri), attribute);
                SetPattern(WebAddress, attribute);
                break;
            case Base64StringAttribute:
                Demand(IsText, attribute);
                SetPattern(Base64, attribute);
                break;
            case AllowedValuesAttribute allowed:
                SetValues(schema, allowed.Values, attribute);
                break;
            case DeniedValuesAttribute denied:
                schema.Not = new global::NJsonSchema.JsonSchema();
                SetValues(schema.Not, denied.Values, attribute);
                break;
            case DataTypeAttribute when attribute.GetType() == typeof(DataTypeAttribute):
                // It only says how to show the value.
                break;
            default:
                throw Refused(attribute, name, "no schema says what it demands");
        }
    }

    private bool IsCollection => !IsText && _type.IsAssignableTo(typeof(IEnumerable));

    private bool IsNumber => _type.GetInterfaces().Any(static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumber<>)) && _type != typeof(char);

    private void Demand(bool holds, ValidationAttribute attribute)
    {
        if (!holds)
        {
            throw Refused(attribute, name, $"it says nothing of a `{_type.Name}`");
        }
    }

    /// <summary>Another attribute may have said a length: both hold.</summary>
    private void SetLength(LengthAttribute length)
    {
        int least = length.MinimumLength;
        int most = length.MaximumLength;
        if (IsText)
        {
            (schema.MinLength, schema.MaxLength) = (Math.Max(schema.MinLength ?? 0, least), Math.Min(schema.MaxLength ?? most, most));
        }
        else if (schema.Type.HasFlag(JsonObjectType.Object))
        {
            (schema.MinProperties, schema.MaxProperties) = (Math.Max(schema.MinProperties, least), schema.MaxProperties == 0 ? most : Math.Min(schema.MaxProperties, most));
        }
        else
        {
            (schema.MinItems, schema.MaxItems) = (Math.Max(schema.MinItems, least), schema.MaxItems == 0 ? most : Math.Min(schema.MaxItems, most));
        }
    }

    private void SetPattern(string pattern, ValidationAttribute attribute)
    {
        if (schema.Pattern is not null)
        {
            throw Refused(attribute, name, "another attribute asks for a pattern already");
        }

        schema.Pattern = pattern;
    }

    private void SetValues(global::NJsonSchema.JsonSchema target, object?[] values, ValidationAttribute attribute)
    {
        Demand(IsText || IsNumber || _type == typeof(bool), attribute);
        foreach (object? value in values)
        {
            if (value is not null && value.GetType() != _type)
            {
                throw Refused(attribute, name, $"it holds values that are no `{_type.Name}`");
            }

            target.Enumeration.Add(value);
        }
    }
}

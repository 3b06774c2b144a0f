using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using NJsonSchema;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>A member and its schema, to which attributes are applied.</summary>
internal sealed class AnnotatedMember(JsonSchemaProperty schema, Type declared, string name)
{
    /// <summary>What <see cref="UrlAttribute"/> takes, whatever else is a URI.</summary>
    private const string WebAddress = "([hH][tT][tT][pP][sS]?|[fF][tT][pP])://[^\\r\\n]*";

    private const string Base64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

    /// <summary>What <see cref="RequiredAttribute"/> takes: <see cref="char.IsWhiteSpace(char)"/> knows one more space than patterns do.</summary>
    private const string NotBlank = "[^]*[^\\s\\u0085][^]*";

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
            case RequiredAttribute required:
                if (IsText && !required.AllowEmptyStrings)
                {
                    schema.AllOf.Add(new global::NJsonSchema.JsonSchema { Pattern = NotBlank });
                }

                break;
            case MinLengthAttribute least:
                SetLength(least.Length, null, attribute);
                break;
            case MaxLengthAttribute most:
                // Without a number it is as long as a database takes.
                SetLength(0, most.Length < 0 ? null : most.Length, attribute);
                break;
            case LengthAttribute length:
                SetLength(length.MinimumLength, length.MaximumLength, attribute);
                break;
            case StringLengthAttribute length:
                Demand(IsText, attribute);
                SetLength(length.MinimumLength, length.MaximumLength, attribute);
                break;
            case RegularExpressionAttribute or EmailAddressAttribute:
                Demand(IsText, attribute);
                break;
            case RangeAttribute range:
                Demand(IsNumber, attribute);
                schema.Minimum = LimitOf(range.Minimum, -1, attribute) ?? schema.Minimum;
                schema.Maximum = LimitOf(range.Maximum, 1, attribute) ?? schema.Maximum;
                schema.IsExclusiveMinimum |= range.MinimumIsExclusive;
                schema.IsExclusiveMaximum |= range.MaximumIsExclusive;
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

    /// <summary>Bytes are a text to a binder, and not as long as they are.</summary>
    private bool IsCollection => !IsText && _type != typeof(byte[]) && _type.IsAssignableTo(typeof(IEnumerable));

    private bool IsNumber => _type.GetInterfaces().Any(static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumber<>)) && _type != typeof(char);

    private void Demand(bool holds, ValidationAttribute attribute)
    {
        if (!holds)
        {
            throw Refused(attribute, name, $"it says nothing of a `{_type.Name}`");
        }
    }

    /// <summary>Another attribute may have said a length: both hold. The generator has written that of one of them, whichever.</summary>
    private void SetLength(int least, int? most, ValidationAttribute attribute)
    {
        Demand(IsText || IsCollection, attribute);
        if (IsText)
        {
            schema.MinLength = Math.Max(schema.MinLength ?? 0, least);
            schema.MaxLength = Shorter(schema.MaxLength < 0 ? null : schema.MaxLength, most);
            return;
        }

        if (most == 0)
        {
            throw Refused(attribute, name, "no list is always empty to NJsonSchema; leave the member out");
        }

        if (schema.Type.HasFlag(JsonObjectType.Object))
        {
            (schema.MinProperties, schema.MaxProperties) = (Math.Max(schema.MinProperties, least), Shorter(Said(schema.MaxProperties), most) ?? 0);
        }
        else
        {
            (schema.MinItems, schema.MaxItems) = (Math.Max(schema.MinItems, least), Shorter(Said(schema.MaxItems), most) ?? 0);
        }
    }

    /// <summary>To NJsonSchema 0 is none, and so is what the generator makes of an attribute without a number.</summary>
    private static int? Said(int most) => most <= 0 ? null : most;

    private static int? Shorter(int? one, int? other) => one is null || other < one ? other : one;

    /// <summary>A limit, the same in every culture; null where there is none, so that the type's own stays.</summary>
    private decimal? LimitOf(object limit, int sign, ValidationAttribute attribute)
    {
        if (limit is double number && number * sign >= double.MaxValue)
        {
            return null;
        }

        string text = Convert.ToString(limit, CultureInfo.InvariantCulture) ?? string.Empty;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            ? exact
            : throw Refused(attribute, name, $"`{text}` is no number that a decimal holds; write it as C# does, such as 0.5");
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

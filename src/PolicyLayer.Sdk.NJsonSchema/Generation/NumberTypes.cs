using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Scalars whose range the generator does not say, or that it takes for something else.</summary>
internal static class NumberTypes
{
    /// <summary>One for each type.</summary>
    public static IEnumerable<ITypeMapper> Mappers { get; } =
    [
        Integer<byte>(byte.MinValue, byte.MaxValue),
        Integer<sbyte>(sbyte.MinValue, sbyte.MaxValue),
        Integer<short>(short.MinValue, short.MaxValue),
        Integer<ushort>(ushort.MinValue, ushort.MaxValue),
        Integer<int>(int.MinValue, int.MaxValue),
        Integer<uint>(uint.MinValue, uint.MaxValue),
        Integer<long>(long.MinValue, long.MaxValue),
        Integer<ulong>(ulong.MinValue, ulong.MaxValue),
        Integer<Int128>(null, null),
        Integer<UInt128>(0, null),
        new PrimitiveTypeMapper(typeof(decimal), static schema => Limit(schema, JsonObjectType.Number, decimal.MinValue, decimal.MaxValue)),
        new PrimitiveTypeMapper(typeof(Half), static schema => Limit(schema, JsonObjectType.Number, (decimal)Half.MinValue, (decimal)Half.MaxValue)),
        new PrimitiveTypeMapper(typeof(char), static schema =>
        {
            schema.Type = JsonObjectType.String;
            schema.MinLength = 1;
            schema.MaxLength = 1;
        }),
    ];

    private static PrimitiveTypeMapper Integer<T>(decimal? least, decimal? most) =>
        new(typeof(T), schema => Limit(schema, JsonObjectType.Integer, least, most));

    private static void Limit(global::NJsonSchema.JsonSchema schema, JsonObjectType type, decimal? least, decimal? most)
    {
        schema.Type = type;
        schema.Minimum = least;
        schema.Maximum = most;
    }
}

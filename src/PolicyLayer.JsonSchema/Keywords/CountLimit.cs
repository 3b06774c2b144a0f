using System.Globalization;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>What keywords that limit a count have in common.</summary>
internal static class CountLimit
{
    public static KeywordDefinition Define(string name, Func<SchemaLocation, long, Keyword> create) => new(
        schema => schema.Find(name)! is SchemaValue value && value.TryReadCount(out long count) ? create(value.Location, count) : null,
        name);

    /// <summary>For example: <c>at least 1 item</c>.</summary>
    public static string Describe(long least, long most, string noun)
    {
        (string words, long limit) = most == long.MaxValue ? ("at least", least) : ("at most", most);
        return string.Create(CultureInfo.InvariantCulture, $"{words} {limit} {noun}{(limit == 1 ? "" : "s")}");
    }
}

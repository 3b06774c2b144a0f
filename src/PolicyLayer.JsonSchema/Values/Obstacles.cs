namespace PolicyLayer.Schemas.Values;

/// <summary>Why values could not be judged; each follows the name of the place.</summary>
internal static class Obstacles
{
    public const string Exponent = "has a number whose exponent is too long to compare (more than 15 characters)";
    public const string Depth = "has items that are nested too deep to compare";
    public const string Members = "has items with too many members to compare";
    public const string Nesting = "is nested too deep for this schema, which refers to itself";
    public const string Work = "takes too much work to judge by this schema";
    public const string Collisions = "has items that cannot be told apart quickly enough";
    public const string Encoding = "is not a text in UTF-8";
    public const string Search = "takes too many steps to search with the patterns of the schema";
}

namespace PolicyLayer.Schemas.Values;

/// <summary>Sentences about numbers.</summary>
internal static class NumberText
{
    public const string TooLarge = "a number has an exponent of more than 15 characters and cannot be compared";
}

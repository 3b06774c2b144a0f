namespace PolicyLayer.Sdk.Testing;

/// <summary>The cases of a policy cannot be used: they cannot be read, a line is no call, or no line expects anything.</summary>
/// <remarks>Its text says where, what is wrong and what would be right. It has no inner exception: the text of one might quote an argument.</remarks>
public sealed class PolicyCasesException : Exception
{
    internal PolicyCasesException(string message)
        : base(message)
    {
    }
}

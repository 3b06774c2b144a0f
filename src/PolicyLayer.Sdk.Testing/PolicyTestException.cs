namespace PolicyLayer.Sdk.Testing;

/// <summary>A policy decides otherwise than its cases expect.</summary>
/// <remarks>Its text has a line for each call: <c>file(line): tool: expected reason "limit_exceeded", got "allowed"</c>.</remarks>
public sealed class PolicyTestException : Exception
{
    internal PolicyTestException(string message)
        : base(message)
    {
    }
}

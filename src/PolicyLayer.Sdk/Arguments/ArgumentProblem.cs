namespace PolicyLayer.Sdk;

/// <summary>What is wrong with the arguments of a call, in a text that the model reads.</summary>
/// <remarks>Immutable. Only the first 1,000 characters are shown, and control and format characters are not shown as they are.</remarks>
public sealed class ArgumentProblem
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">Which argument is wrong and what was expected, such as <c>`limit` must be at most 100</c>. It must not repeat a value: it is logged and recorded too.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public ArgumentProblem(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        Message = message;
    }

    /// <summary>The text.</summary>
    public string Message { get; }
}

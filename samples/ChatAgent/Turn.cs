namespace ChatAgent;

/// <summary>One call that the model asks for.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Arguments">What the model passes.</param>
/// <param name="Expected">A part of what must come back.</param>
internal sealed record Turn(string Tool, Dictionary<string, object?> Arguments, string Expected);

namespace PolicyLayer.Sdk.Python;

/// <summary>The bounds that the tool's schema shows to the model, and that every call is held to.</summary>
public sealed class PythonToolOptions
{
    /// <summary>The longest code, in characters (Unicode code points, as JSON Schema counts). Default 5,000.</summary>
    public int MaxCodeLength { get; set; } = 5000;

    /// <summary>The shortest time-out a call may ask for, in seconds. Default 1.</summary>
    public int MinTimeoutSeconds { get; set; } = 1;

    /// <summary>The longest time-out a call may ask for, in seconds. Default 15; not more than the runner's own longest.</summary>
    public int MaxTimeoutSeconds { get; set; } = 15;

    /// <summary>The time-out of a call that names none, in seconds. Default 10.</summary>
    public int DefaultTimeoutSeconds { get; set; } = 10;
}

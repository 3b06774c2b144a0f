using Microsoft.Extensions.AI;

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

    /// <summary>
    /// Says whose call it is, such as the id of the grant, for the turns that waiting runs take; null, and null as its
    /// answer, count as one caller. It sees the call's services and context; never take it from the arguments.
    /// </summary>
    public Func<AIFunctionArguments, string?>? Caller { get; set; }

    /// <summary>Says who is told how far a call has come; null for nobody. In an MCP server the call's services have an <c>IProgress&lt;ProgressNotificationValue&gt;</c> to pass it on to.</summary>
    public Func<AIFunctionArguments, IProgress<PythonRunPhase>?>? Progress { get; set; }
}

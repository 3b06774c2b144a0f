namespace PolicyLayer.Sdk;

/// <summary>How much a diagnostic matters.</summary>
public enum PolicySeverity
{
    /// <summary>The document cannot be used.</summary>
    Error = 0,

    /// <summary>The document is used as it stands, but hardly means what its author wants.</summary>
    Warning,

    /// <summary>Said of a document of an older generation: something now means, or is done, a little differently.</summary>
    Note,
}

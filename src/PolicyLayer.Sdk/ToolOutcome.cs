namespace PolicyLayer.Sdk;

/// <summary>What became of an allowed call; refunds follow it (policy format, section 5).</summary>
public enum ToolOutcome
{
    /// <summary>The tool never ran: limits with the default <c>refund</c> get their place back.</summary>
    NotRun = 0,

    /// <summary>The tool ran and answered.</summary>
    Ok,

    /// <summary>The tool ran and ended in an error.</summary>
    Error,

    /// <summary>The tool was cancelled while it ran: what it did by then is not known, so limits count it as an error.</summary>
    Cancelled,
}

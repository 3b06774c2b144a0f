namespace PolicyLayer.Sdk;

/// <summary>What became of an allowed call; refunds follow it (policy format, section 5).</summary>
public enum ToolOutcome
{
    /// <summary>The tool never ran: limits with the default <c>refund</c> get their place back.</summary>
    NotRun = 0,

    /// <summary>The tool ran and answered.</summary>
    Ok,

    /// <summary>The tool ran and ended in an error, or was cancelled while it ran.</summary>
    Error,
}

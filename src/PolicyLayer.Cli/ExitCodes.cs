namespace PolicyLayer.Cli;

/// <summary>What the command answers to the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The answer is no: a document with errors, an expectation that does not hold, a broken audit trail.</summary>
    public const int No = 1;

    /// <summary>Wrong usage, or unreadable input.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C, as shells say it.</summary>
    public const int Stopped = 130;

    /// <summary>The reader of the output has gone, as shells say it.</summary>
    public const int OutputClosed = 141;
}

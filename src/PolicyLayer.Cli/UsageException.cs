namespace PolicyLayer.Cli;

/// <summary>Wrong usage, or input that cannot be read: one line on the error stream, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

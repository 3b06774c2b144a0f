using Microsoft.Extensions.Logging;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>A log that cannot be written.</summary>
internal sealed class FailingLogger : ILogger<ToolGuard>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new IOException("no log");
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>Keeps what is logged, as <c>id level text</c>.</summary>
internal sealed class RecordingLogger(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Enqueue($"{eventId.Id} {logLevel} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}

using Microsoft.Extensions.Logging;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A logger that keeps everything, structured values included; or throws.</summary>
internal sealed class RecordingLogger(bool throws = false) : ILogger, ILogger<ToolGuard>
{
    private readonly List<(LogLevel Level, string Text)> _entries = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (throws)
        {
            throw new InvalidOperationException("the log is full");
        }

        string values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : string.Empty;
        lock (_entries)
        {
            _entries.Add((logLevel, $"{formatter(state, exception)} {values} {exception}"));
        }
    }
}

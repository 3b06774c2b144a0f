using Microsoft.Extensions.Logging;

namespace PolicyLayer.Cli.Proxying;

/// <summary>Writes what went wrong to the error stream, a line each: standard output is the protocol's.</summary>
internal sealed class ErrorStreamLogger<T>(CommandStreams streams) : ILogger<T>
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string text = formatter(state, exception);
            foreach (string line in ("policylayer: " + char.ToLowerInvariant(text[0]) + text[1..]).Split(Environment.NewLine))
            {
                streams.WriteError(line);
            }
        }
    }
}

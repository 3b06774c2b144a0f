using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Telemetry;

/// <summary>Every log line of the package, under the guard's category. None holds the value of an argument.</summary>
internal static partial class Log
{
    /// <summary>The logger of a request. Looked up only when something went wrong.</summary>
    public static ILogger Of(MessageContext context)
    {
        try
        {
            return context.Services?.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance;
        }
        catch (ObjectDisposedException)
        {
            // The request is over, and somebody goes on with it.
            return NullLogger<ToolGuard>.Instance;
        }
    }

    /// <param name="logger">The log.</param>
    /// <param name="tool">The tool as the host named it; what the caller wrote is not fit for a log.</param>
    [LoggerMessage(102, LogLevel.Error, "A call of {Tool} was changed after it was judged, or never judged, and was refused: check the call filters that this server registers")]
    public static partial void ChangedCall(ILogger logger, string tool);

    /// <param name="logger">The log.</param>
    /// <param name="exception">The type of what was thrown.</param>
    [LoggerMessage(103, LogLevel.Error, "The list handler failed ({Exception}), so the schema of a tool is not known and the call was refused")]
    public static partial void ListingFailed(ILogger logger, string exception);
}

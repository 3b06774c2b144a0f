using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Telemetry;

/// <summary>Every log line of the package, under the guard's category. None holds the value of an argument.</summary>
internal static partial class Log
{
    /// <param name="context">The request.</param>
    /// <param name="tool">The tool as the host named it; what the caller wrote is not fit for a log.</param>
    public static void ChangedCall(MessageContext context, string tool) => Tell(context, logger => ChangedCall(logger, tool));

    /// <param name="context">The request.</param>
    /// <param name="exception">The type of what was thrown.</param>
    public static void ListingFailed(MessageContext context, string exception) => Tell(context, logger => ListingFailed(logger, exception));

    /// <summary>Tells the logger of a request, which is looked up only when something went wrong. A log that cannot be written decides no call.</summary>
    private static void Tell(MessageContext context, Action<ILogger> line)
    {
        try
        {
            line(context.Services?.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance);
        }
        catch (Exception)
        {
            // There is nobody left to tell; or the request is over, and somebody goes on with it.
        }
    }

    [LoggerMessage(102, LogLevel.Error, "A call of {Tool} was changed after it was judged, or never judged, and was refused: check the call filters that this server registers")]
    private static partial void ChangedCall(ILogger logger, string tool);

    [LoggerMessage(103, LogLevel.Error, "The list handler failed ({Exception}), so the schema of a tool is not known and the call was refused")]
    private static partial void ListingFailed(ILogger logger, string exception);
}

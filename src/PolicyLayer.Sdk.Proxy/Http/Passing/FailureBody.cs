using PolicyLayer.Sdk.Proxy.Http.Events;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http.Passing;

/// <summary>Finds the error of the protocol in a failed response: some servers send it as JSON, others as an event.</summary>
internal static class FailureBody
{
    /// <summary>How much of such a body is read.</summary>
    public const int MaxBytes = 1 << 16;

    /// <summary>The error's bytes; null where there is none that is meant for the request.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="type">Its media type; null where the server says none.</param>
    /// <param name="asked">The id of the request that the response answers; null where it answers none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<ReadOnlyMemory<byte>?> FindErrorAsync(ReadOnlyMemory<byte> body, string? type, MessageId? asked, CancellationToken cancellationToken)
    {
        if (!string.Equals(type, Responses.Events, StringComparison.OrdinalIgnoreCase))
        {
            return ServerMessage.IsErrorFor(asked, body.Span) ? body : default(ReadOnlyMemory<byte>?);
        }

        using var stream = new MemoryStream(body.ToArray(), writable: false);
        var events = new EventReader(stream, MaxBytes);
        while (await events.ReadAsync(canBeOpen: false, cancellationToken).ConfigureAwait(false) is { } next)
        {
            if (next.HasData && next.IsWhole && ServerMessage.IsErrorFor(asked, next.Data.Span))
            {
                return next.Data;
            }
        }

        return null;
    }
}

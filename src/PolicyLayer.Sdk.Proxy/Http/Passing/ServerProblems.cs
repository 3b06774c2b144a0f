using System.Net;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;

namespace PolicyLayer.Sdk.Proxy.Http.Passing;

/// <summary>What is said of a server's answers that cannot pass, and what whoever runs the proxy can do about it.</summary>
internal static class ServerProblems
{
    public const string Encoded = "answered in an encoding that was not asked for";
    public const string NoMessage = "answered with something that is no message";
    public const string OlderTransport = "speaks the older transport HTTP+SSE, and this proxy streamable HTTP alone: many servers have that at another address";

    /// <summary>Why a message that came as the answer to a request is none.</summary>
    public static string OfAnswer(ReadOnlyMemory<byte> message) => ServerMessage.Read(message.Span, isLine: false).Kind switch
    {
        ServerMessageKind.Unreadable => ServerGate.Unreadable,
        ServerMessageKind.Answer => "the server answered under another id than that of this request",
        _ => "the server did not answer this request",
    };

    /// <summary>What a server did that answered with a status that is no success.</summary>
    public static string OfStatus(HttpStatusCode status) => FormattableString.Invariant($"answered with the status {(int)status}{Advice(status)}");

    private static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ": the proxy has no credentials for it, or not the right ones, and passes on none of the client's",
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect =>
            ": redirects are not followed, so the proxy must be given the address where it leads",
        _ => string.Empty,
    };
}

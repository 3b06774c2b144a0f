using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using PolicyLayer.Sdk.Proxy.Http.Events;
using PolicyLayer.Sdk.Proxy.Http.Headers;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Http.Passing;

/// <summary>Passes a server's response on to the client, message by message.</summary>
internal sealed class ServerResponse(ProxyRequest request, HttpSessions sessions, int maxBytes, ILogger logger)
{
    private readonly HttpContext _context = request.Context;
    private readonly ServerGate _gate = new(request.Open, tool => request.Server.IsShown(request.Caller.Guard, tool), logger, areLines: false);

    /// <summary>The session that the response has opened; null where it has opened none.</summary>
    private HttpSession? _opened;

    /// <summary>Whether an event had an id, by which a client can ask for what comes behind it.</summary>
    private bool _hasIds;

    /// <summary>Whether the client can ask for what it has not got yet on another stream, of its session.</summary>
    public bool IsResumable => _hasIds && request.Session is not null;

    /// <summary>Passes it on.</summary>
    /// <param name="response">The response, of which only the head was read.</param>
    /// <param name="asked">The request that it answers; null where it answers none.</param>
    /// <param name="cancellationToken">Ends a stream.</param>
    public async Task PassAsync(HttpResponseMessage response, OpenRequest? asked, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            await FailAsync(response, asked, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await OpenSessionAsync(response).ConfigureAwait(false) is { } problem)
        {
            await AnswerAsync(StatusCodes.Status503ServiceUnavailable, asked, problem).ConfigureAwait(false);
            return;
        }

        Responses.CopyHeaders(response, _context.Response);
        string? type = IsEncoded(response.Content) ? null : response.Content.Headers.ContentType?.MediaType;
        if (asked is null && _context.Request.Method != HttpMethods.Get)
        {
            _context.Response.StatusCode = (int)response.StatusCode;
        }
        else if (string.Equals(type, Responses.Events, StringComparison.OrdinalIgnoreCase))
        {
            await PassEventsAsync(response, asked, cancellationToken).ConfigureAwait(false);
        }
        else if (asked is not null && string.Equals(type, Responses.Json, StringComparison.OrdinalIgnoreCase))
        {
            await PassMessageAsync(response, asked, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RefuseAsync(asked, IsEncoded(response.Content) ? ServerProblems.Encoded : ServerProblems.NoMessage).ConfigureAwait(false);
        }
    }

    /// <summary>Answers in the server's place.</summary>
    public async Task AnswerAsync(int status, OpenRequest? asked, string problem)
    {
        if (asked is null)
        {
            _context.Response.StatusCode = status;
            return;
        }

        await request.Open.SettleAsync(asked, ToolOutcome.Error).ConfigureAwait(false);
        await Responses.WriteAsync(_context, status, Answers.Error(asked.Id, McpErrorCode.InternalError, problem)).ConfigureAwait(false);
    }

    /// <summary>Answers in the server's place, and tells whoever runs the proxy: what is wrong is not the client's to mend.</summary>
    private Task RefuseAsync(OpenRequest? asked, string problem)
    {
        Log.UpstreamUnusable(logger, request.Server.Title, problem);
        return AnswerAsync(StatusCodes.Status502BadGateway, asked, "the server " + problem);
    }

    /// <summary>Whether the bytes of a body are not those of its text; <c>identity</c>, which some servers send, says that they are.</summary>
    private static bool IsEncoded(HttpContent content) => content.Headers.ContentEncoding.Any(static encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase));

    private async Task PassMessageAsync(HttpResponseMessage response, OpenRequest asked, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            bool canPass = asked.CanPassInParts;
            (ReadOnlyMemory<byte> message, bool isWhole) = await RequestBody.ReadHeadAsync(stream, response.Content.Headers.ContentLength, canPass ? Math.Min(PassingAnswer.Held, maxBytes) : maxBytes, cancellationToken).ConfigureAwait(false);
            if (!isWhole && canPass)
            {
                await new StreamedAnswer(request, asked, logger).PassAsync(message, stream, response.Content.Headers.ContentLength, cancellationToken).ConfigureAwait(false);
                return;
            }

            ReadOnlyMemory<byte>? passed = isWhole ? await PassAsync(message, isWhole).ConfigureAwait(false) : null;
            if (passed is { } bytes && !request.Open.Contains(asked))
            {
                await Responses.WriteAsync(_context, StatusCodes.Status200OK, bytes).ConfigureAwait(false);
            }
            else
            {
                await AnswerAsync(StatusCodes.Status200OK, asked, !isWhole ? ServerGate.TooLong : ServerProblems.OfAnswer(message)).ConfigureAwait(false);
            }
        }
    }

    private async Task PassEventsAsync(HttpResponseMessage response, OpenRequest? asked, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await Responses.BeginEventsAsync(_context).ConfigureAwait(false);
            var outlet = new EventOutlet(_context, request.Caller.Guard, () => Notices(asked));
            await using (outlet.ConfigureAwait(false))
            {
                await PassEventsAsync(new EventReader(stream, maxBytes), outlet, asked, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task PassEventsAsync(EventReader events, EventOutlet outlet, OpenRequest? asked, CancellationToken cancellationToken)
    {
        HttpSession? listening = _context.Request.Method == HttpMethods.Get ? request.Session : null;
        if (listening is not null)
        {
            listening.Listening.Add(this);
            outlet.Listen();
        }

        try
        {
            while (await ReadEventAsync(events, asked, cancellationToken).ConfigureAwait(false) is { } next)
            {
                _hasIds |= next.HasId;
                if (next.IsEndpoint && asked is null)
                {
                    // Its client would wait for the address, which leads past this proxy.
                    Log.UpstreamUnusable(logger, request.Server.Title, ServerProblems.OlderTransport);
                    return;
                }

                if (next.IsOpen)
                {
                    bool? isPassed = await new StreamedEvent(request, asked!, outlet, logger).TryPassAsync(next, events, cancellationToken).ConfigureAwait(false);
                    if (isPassed == true)
                    {
                        continue;
                    }

                    if (isPassed is null && !IsResumable)
                    {
                        // Behind half an event nothing can be said.
                        await StreamedAnswer.CutOffAsync(request, asked!, logger).ConfigureAwait(false);
                    }

                    return;
                }

                ReadOnlyMemory<byte>? data = next.HasData && next.Data.Length > 0 ? await PassAsync(next.Data, next.IsWhole).ConfigureAwait(false) : default(ReadOnlyMemory<byte>?);
                bool isEmpty = next.HasData && next.Data.Length == 0;
                await outlet.WriteAsync(next.With(isEmpty ? ReadOnlyMemory<byte>.Empty : data), cancellationToken).ConfigureAwait(false);
                if (asked is { ListensToTools: true })
                {
                    outlet.Listen();
                }
            }

            await TellOfEndAsync(outlet, asked, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            listening?.Listening.Remove(this);
        }
    }

    /// <summary>The next event; null at the end of the stream, and where the server breaks off and nobody can ask for the rest.</summary>
    private async ValueTask<ServerEvent?> ReadEventAsync(EventReader events, OpenRequest? asked, CancellationToken cancellationToken)
    {
        try
        {
            return await events.ReadAsync(canBeOpen: asked is { CanPassInParts: true }, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (asked is not null && !IsResumable)
        {
            return null;
        }
    }

    /// <summary>Most clients wait for an answer longer than for the end of its stream.</summary>
    private async Task TellOfEndAsync(EventOutlet outlet, OpenRequest? asked, CancellationToken cancellationToken)
    {
        if (asked is not null && !IsResumable && await request.Open.SettleAsync(asked, ToolOutcome.Error).ConfigureAwait(false))
        {
            await outlet.WriteAsync(new ServerEvent().With(Answers.Error(asked.Id, McpErrorCode.InternalError, ServerGate.Ended)), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> PassAsync(ReadOnlyMemory<byte> message, bool isWhole)
    {
        ReadOnlyMemory<byte>? passed = await _gate.PassAsync(message, isWhole).ConfigureAwait(false);
        if (_gate.TellsOfTools && _opened is not null)
        {
            _opened.TellsOfTools = true;
        }

        return passed;
    }

    /// <summary>What the client is told on this stream when policies have changed: in a session on the newest that listens, otherwise on the one that was asked for.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Notices(OpenRequest? asked) =>
        asked is { ListensToTools: true } && request.Open.Contains(asked) ? [Answers.ToolsChanged(asked.Id)]
        : request.Session is { TellsOfTools: true } session && session.Listening.IsNewest(this) ? [Answers.ToolsChanged(null)]
        : [];

    /// <summary>An error of the server keeps its status, and its message where that is an error of the protocol. Its opinion of the proxy's own credentials is none of the client's business.</summary>
    private async Task FailAsync(HttpResponseMessage response, OpenRequest? asked, CancellationToken cancellationToken)
    {
        int status = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired || (int)response.StatusCode < 400
            ? StatusCodes.Status502BadGateway
            : (int)response.StatusCode;
        if (status == (int)response.StatusCode)
        {
            // Until when it is too busy, for one. A session begins with a success.
            Responses.CopyHeaders(response, _context.Response);
            _context.Response.Headers.Remove(McpHeaders.SessionId);
        }

        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            ReadOnlyMemory<byte>? body = status == StatusCodes.Status502BadGateway ? null : await RequestBody.ReadAsync(stream, response.Content.Headers.ContentLength, Math.Min(maxBytes, FailureBody.MaxBytes), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound && request.Session is not null)
            {
                await sessions.CloseAsync(request.Server.Name, _context.Request.Headers[McpHeaders.SessionId]!).ConfigureAwait(false);
            }

            if (body is { } all && await FailureBody.FindErrorAsync(all, response.Content.Headers.ContentType?.MediaType, asked?.Id, cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                if (asked is not null)
                {
                    await request.Open.SettleAsync(asked, ToolOutcome.Error).ConfigureAwait(false);
                }

                await Responses.WriteAsync(_context, status, asked?.Replaced is { } replaced ? UnknownTool.AnswerOf(bytes, replaced.Name, replaced.Hidden) : bytes).ConfigureAwait(false);
            }
            else
            {
                string problem = ServerProblems.OfStatus(response.StatusCode);
                await (status == StatusCodes.Status502BadGateway ? RefuseAsync(asked, problem) : AnswerAsync(status, asked, "the server " + problem)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes a session in that the response opens.</summary>
    /// <returns>Null, or why not.</returns>
    private async ValueTask<string?> OpenSessionAsync(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(McpHeaders.SessionId, out IEnumerable<string>? ids) || ids.All(string.IsNullOrEmpty))
        {
            return null;
        }

        if (ids.ToArray() is not [var id] || !HttpSessions.IsId(id))
        {
            return "the server has opened a session with an id that no client can send";
        }

        _opened = await sessions.OpenAsync(request.Server.Name, id, request.Caller.Grant.Id).ConfigureAwait(false);
        return _opened is null ? "too many sessions are open" : null;
    }
}

using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Http.Headers;

namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>Tells a browser that a page of an origin that may ask may do so, and read what it is answered (Fetch, section 3.3). Cookies are not among it: the proxy knows none.</summary>
internal static class CrossOrigin
{
    private const string Methods = "POST, GET, DELETE";

    /// <summary>What of a request's headers a page may set.</summary>
    private static readonly HashSet<string> Allowed = new([.. McpHeaders.ToServer, "Authorization", "Content-Type"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What of a response's headers a page may read, beyond those that every page may.</summary>
    private static readonly string Exposed = string.Join(", ", [.. McpHeaders.ToClient, "WWW-Authenticate"]);

    /// <summary>Says in the response what a browser looks for there, and answers one that asks before it sends what the page wants sent: it shows no token for that, and nothing goes on to the server.</summary>
    /// <param name="context">A request that may go on.</param>
    /// <param name="isNamed">Whether its origin is named as one that may ask.</param>
    /// <returns>Whether it has its answer.</returns>
    public static bool IsAnswered(HttpContext context, bool isNamed)
    {
        // A host may have rules of its own for the endpoint.
        bool isTold = isNamed && context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is null;
        if (isTold)
        {
            context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
            context.Response.Headers.AccessControlExposeHeaders = Exposed;
            context.Response.Headers.Append("Vary", "Origin");
        }

        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return false;
        }

        if (isTold && context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            context.Response.Headers.AccessControlAllowMethods = Methods;
            context.Response.Headers.AccessControlAllowHeaders = string.Join(", ", context.Request.Headers.GetCommaSeparatedValues("Access-Control-Request-Headers").Where(IsAllowed));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            context.Response.Headers.Allow = Methods;
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }

        return true;
    }

    private static bool IsAllowed(string header) =>
        Allowed.Contains(header) || (header.StartsWith(McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase) && Responses.IsPlain(header));
}

using System.Security.Claims;
using System.Text.Json;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What policies may ask of the HTTP user behind a call: claims of identities that somebody authenticated, and no others.</summary>
internal static class CallUser
{
    /// <summary>What OpenID Connect calls the user's id; hosts that map claims to those of .NET have the other.</summary>
    private const string Subject = "sub";

    /// <summary>The user's id; null where there is none.</summary>
    public static string? IdOf(ClaimsPrincipal? user) => user is null ? null : (Find(user, ClaimTypes.NameIdentifier) ?? Find(user, Subject))?.Value;

    /// <summary>The surroundings of a call, with the user's claims; null when there are none.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ofTool">What is known of the tool.</param>
    public static ToolCallContext? Add(ClaimsPrincipal? user, ToolCallContext? ofTool) =>
        user is not null && ClaimsOf(user).Any()
            ? new ToolCallContext { ToolAnnotations = ofTool?.ToolAnnotations ?? default, UserClaims = ToObject(ClaimsOf(user)), InputSchema = ofTool?.InputSchema }
            : ofTool;

    private static Claim? Find(ClaimsPrincipal user, string type) => ClaimsOf(user).FirstOrDefault(claim => claim.Type == type);

    private static IEnumerable<Claim> ClaimsOf(ClaimsPrincipal user) =>
        user.Identities.Where(static identity => identity.IsAuthenticated).SelectMany(static identity => identity.Claims);

    /// <summary>The claims by type: a text, or a list where a type stands several times, or is one of roles or groups.</summary>
    private static JsonElement ToObject(IEnumerable<Claim> all)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (IGrouping<string, Claim> claims in all.GroupBy(static claim => claim.Type, StringComparer.Ordinal))
            {
                writer.WritePropertyName(claims.Key);
                if (claims.Count() == 1 && !IsList(claims.Single()))
                {
                    writer.WriteStringValue(claims.Single().Value);
                    continue;
                }

                writer.WriteStartArray();
                foreach (Claim claim in claims)
                {
                    writer.WriteStringValue(claim.Value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }

    /// <summary>Whether one is a list all the same. Of a text <c>contains</c> finds any part: who is <c>not-admin</c> would pass for <c>admin</c> as long as he is nothing else.</summary>
    private static bool IsList(Claim claim) => claim.Type is ClaimTypes.Role or "role" or "roles" or "groups" || claim.Type == claim.Subject?.RoleClaimType;
}

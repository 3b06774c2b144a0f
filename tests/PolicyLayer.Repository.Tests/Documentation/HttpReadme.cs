using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows of MCP servers over HTTP, compiled here word for word.</summary>
internal static class HttpReadme
{
    public static void Add(WebApplicationBuilder builder, IReadOnlyDictionary<string, Grant> tokens)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                        .UseGrantResolver(GrantResolvers.FromBearerToken(
                            request => request.Services?.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Headers.Authorization,
                            tokens));                                                        // for each token its grant; only hashes are kept
    }
}

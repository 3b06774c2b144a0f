using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The code of the page about approvals, so that it is compiled.</summary>
internal static class ApprovalsPage
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                        .UseSqliteApprovals("state.db");
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(new JsonStringEnumConverter<ApprovalStatus>()));
    }

    public static void Map(WebApplication app)
    {
        RouteGroupBuilder approvals = app.MapGroup("/approvals").RequireAuthorization("approvers");

        approvals.MapGet("/", (IApprovalStore store, CancellationToken gone) => store.ListAsync(gone));

        approvals.MapPost("/{id}/{answer}", async (string id, string answer, ClaimsPrincipal user, IApprovalStore store, CancellationToken gone) =>
        {
            if (answer is not ("approve" or "deny"))
            {
                return Results.NotFound();
            }

            bool isApproved = answer == "approve";
            StoredApproval? now = await store.AnswerAsync(id, isApproved, user.Identity?.Name, gone);
            return now is null ? Results.NotFound()
                : now.Status == (isApproved ? ApprovalStatus.Approved : ApprovalStatus.Denied) ? Results.Ok(now.Status.ToString())
                : Results.Conflict(now.Status.ToString());
        });
    }
}

/// <summary>Asks in a chat; null is no answer.</summary>
internal sealed class ChatApprovals(Func<string, CancellationToken, Task<bool?>> ask) : IApprovalHandler
{
    public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) =>
        await ask($"{request.Call.Tool} for {request.Call.Grant?.Id}: {string.Join(' ', request.Reasons)}", cancellationToken) switch
        {
            true => ApprovalAnswer.Approved,
            false => ApprovalAnswer.Denied,
            null => ApprovalAnswer.NoAnswer,
        };
}

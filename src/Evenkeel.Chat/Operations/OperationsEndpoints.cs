using Evenkeel.Accounts;
using Evenkeel.Chat.Operations.Bulk;
using Evenkeel.Contracts.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Chat.Operations;

/// <summary>Routes of turns, the queue and bulk operations: for owners and administrators.</summary>
internal static class OperationsEndpoints
{
    private static readonly string[] Managers = [MemberRole.Owner, MemberRole.Admin];
    private static readonly string[] Readers = [MemberRole.Owner, MemberRole.Admin, MemberRole.Key];

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/v1/admin").WithTags("Operations").RequireSignInOrKey(ApiScope.OperationsRead);
        read.MapGet("/turns", ListTurns.HandleAsync).RequireRole(Readers).WithSummary("Turns of the organization, newest first, filtered");
        read.MapGet("/turns/{id:guid}", ListTurns.ReadAsync).RequireRole(Readers).WithSummary("A turn with its timeline");
        read.MapGet("/queue", ReadQueue.HandleAsync).RequireRole(Readers).WithSummary("What waits and runs, and for operators the workers");
        var bulk = routes.MapGroup("/api/v1/admin/bulk").WithTags("Operations").RequireSignIn();
        bulk.MapPost("", StartBulk.HandleAsync).RequireRole(Managers).WithSummary("Do something to many turns, or count them first");
        bulk.MapGet("", BulkJobs.ListAsync).RequireRole(Managers).WithSummary("Bulk operations, newest first");
        bulk.MapGet("/{id:guid}", BulkJobs.ReadAsync).RequireRole(Managers).WithSummary("How a bulk operation stands");
        bulk.MapDelete("/{id:guid}", BulkJobs.CancelAsync).RequireRole(Managers).WithSummary("Stop a bulk operation; what is done stays done");
        bulk.MapGet("/{id:guid}/result", BulkResults.HandleAsync).RequireRole(Managers).WithSummary("What an export gave: JSON lines, gzip")
            .Produces(StatusCodes.Status200OK, contentType: "application/gzip");
    }
}

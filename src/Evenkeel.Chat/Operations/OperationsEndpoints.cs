using Evenkeel.Accounts;
using Evenkeel.Chat.Operations.Bulk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Chat.Operations;

/// <summary>Routes of turns, the queue and bulk operations: for owners and administrators.</summary>
internal static class OperationsEndpoints
{
    private static readonly string[] Operators = [MemberRole.Owner, MemberRole.Admin];

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin").WithTags("Operations").RequireSignIn();
        admin.MapGet("/turns", ListTurns.HandleAsync).RequireRole(Operators).WithSummary("Turns of the organization, newest first, filtered");
        admin.MapGet("/turns/{id:guid}", ListTurns.ReadAsync).RequireRole(Operators).WithSummary("A turn with its timeline");
        admin.MapGet("/queue", ReadQueue.HandleAsync).RequireRole(Operators).WithSummary("What waits and runs, and for operators the workers");
        admin.MapPost("/bulk", StartBulk.HandleAsync).RequireRole(Operators).WithSummary("Do something to many turns, or count them first");
        admin.MapGet("/bulk", BulkJobs.ListAsync).RequireRole(Operators).WithSummary("Bulk operations, newest first");
        admin.MapGet("/bulk/{id:guid}", BulkJobs.ReadAsync).RequireRole(Operators).WithSummary("How a bulk operation stands");
        admin.MapDelete("/bulk/{id:guid}", BulkJobs.CancelAsync).RequireRole(Operators).WithSummary("Stop a bulk operation; what is done stays done");
        admin.MapGet("/bulk/{id:guid}/result", BulkResults.HandleAsync).RequireRole(Operators).WithSummary("What an export gave: JSON lines, gzip")
            .Produces(StatusCodes.Status200OK, contentType: "application/gzip");
    }
}

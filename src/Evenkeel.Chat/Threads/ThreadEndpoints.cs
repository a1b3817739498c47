using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Evenkeel.Chat.Threads;

/// <summary>Routes of conversations.</summary>
internal static class ThreadEndpoints
{
    public static void MapThreads(this IEndpointRouteBuilder routes)
    {
        var threads = routes.MapGroup("/api/v1/threads").WithTags("Threads").RequireSignIn();
        threads.MapGet("/", ListAsync).WithName("listThreads");
        threads.MapGet("/{id:guid}", GetAsync).WithName("getThread");
        threads.MapPatch("/{id:guid}", UpdateAsync).WithName("updateThread");
        threads.MapDelete("/{id:guid}", DeleteAsync).WithName("deleteThread");
        threads.MapGet("/{id:guid}/messages", MessagesAsync).WithName("listMessages");
    }

    private static async Task<Results<Ok<Page<ChatThread>>, ErrorResult>> ListAsync(
        Caller caller, ListThreads threads, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var result = await threads.HandleAsync(caller, cursor, limit, cancellationToken);
        return result.TryGet(out var page, out var error) ? TypedResults.Ok(page) : new ErrorResult(error);
    }

    private static async Task<Results<Ok<ChatThread>, ErrorResult>> GetAsync(Caller caller, Guid id, ChangeThread threads, CancellationToken cancellationToken) =>
        await threads.FindAsync(caller, id, cancellationToken) is { } thread ? TypedResults.Ok(thread) : new ErrorResult(Error.NotFound);

    private static async Task<Results<Ok<ChatThread>, ErrorResult>> UpdateAsync(
        Caller caller, Guid id, UpdateThreadRequest request, ChangeThread threads, CancellationToken cancellationToken)
    {
        var result = await threads.RenameAsync(caller, id, request, cancellationToken);
        return result.TryGet(out var thread, out var error) ? TypedResults.Ok(thread) : new ErrorResult(error);
    }

    private static async Task<Results<NoContent, ErrorResult>> DeleteAsync(Caller caller, Guid id, ChangeThread threads, CancellationToken cancellationToken) =>
        await threads.DeleteAsync(caller, id, cancellationToken) ? TypedResults.NoContent() : new ErrorResult(Error.NotFound);

    private static async Task<Results<Ok<MessagePage>, ErrorResult>> MessagesAsync(
        Caller caller, Guid id, ListMessages messages, long? before_seq, int? limit, CancellationToken cancellationToken)
    {
        var result = await messages.HandleAsync(caller, id, before_seq, limit, cancellationToken);
        return result.TryGet(out var page, out var error) ? TypedResults.Ok(page) : new ErrorResult(error);
    }
}

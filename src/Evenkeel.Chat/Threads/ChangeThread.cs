using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Threads;

/// <summary>Finds, renames and deletes a person's conversation.</summary>
internal sealed class ChangeThread(Database database, Sending.StopTurn stop, IBroadcast broadcast)
{
    private const int LongestTitle = 200;
    private const string Mine = "id = @threadId AND user_id = @UserId AND deleted_at IS NULL";

    public async Task<ChatThread?> FindAsync(Caller caller, Guid threadId, CancellationToken cancellationToken)
    {
        var row = await database.QueryFirstOrDefaultAsync<ThreadRow>(
            DataScope.Organization(caller.OrganizationId),
            $"SELECT {ThreadRow.Columns} FROM conversations WHERE {Mine}",
            new { threadId, caller.UserId },
            cancellationToken);
        return row?.ToThread();
    }

    public async Task<Result<ChatThread>> RenameAsync(Caller caller, Guid threadId, UpdateThreadRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var title = TextField.Line(problems, "title", request.Title, LongestTitle);
        if (string.IsNullOrEmpty(title))
        {
            problems.Add(FieldProblem.Required("title"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        await database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            $"UPDATE conversations SET title = @title WHERE {Mine}",
            new { threadId, caller.UserId, title },
            cancellationToken);
        return await FindAsync(caller, threadId, cancellationToken) is { } thread ? thread : Error.NotFound;
    }

    /// <summary>Deletes the conversation for the person; what was running in it is stopped. The rows stay until retention removes them.</summary>
    public async Task<bool> DeleteAsync(Caller caller, Guid threadId, CancellationToken cancellationToken)
    {
        await stop.HandleAsync(caller, threadId, null, cancellationToken);
        var deleted = await database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            $"UPDATE conversations SET deleted_at = now() WHERE {Mine}",
            new { threadId, caller.UserId },
            cancellationToken);
        if (deleted > 0)
        {
            broadcast.ThreadDeleted(threadId);
        }

        return deleted > 0;
    }
}

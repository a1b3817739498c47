using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chat.Threads;

/// <summary>A page of a conversation, the newest by default, older ones by <c>before_seq</c>.</summary>
internal sealed class ListMessages(Database database)
{
    private const int DefaultLimit = 50;
    private const int LargestLimit = 200;

    public async Task<Result<MessagePage>> HandleAsync(Caller caller, Guid threadId, long? beforeSeq, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LargestLimit)
        {
            return Error.Invalid(new FieldProblem("limit", $"From 1 to {LargestLimit}.", $"取值范围为 1 至 {LargestLimit}。"));
        }

        if (beforeSeq is < 1)
        {
            return Error.Invalid(new FieldProblem("before_seq", "At least 1.", "最小为 1。"));
        }

        // One transaction, position first: a message that is seen twice is harmless, one that is missed is not.
        var take = limit ?? DefaultLimit;
        var scope = DataScope.Organization(caller.OrganizationId);
        var thread = await database.QueryFirstOrDefaultAsync<ThreadRow>(
            scope,
            $"SELECT {ThreadRow.Columns} FROM conversations WHERE id = @threadId AND user_id = @UserId AND deleted_at IS NULL",
            new { threadId, caller.UserId },
            cancellationToken);
        if (thread is null)
        {
            return Error.NotFound;
        }

        var rows = await database.QueryAsync<MessageRow>(
            scope,
            $"""
            SELECT {MessageRow.Columns} FROM messages
            WHERE conversation_id = @threadId AND seq <= @LastSeq AND (@beforeSeq::bigint IS NULL OR seq < @beforeSeq)
            ORDER BY seq DESC LIMIT @most
            """,
            new { threadId, thread.LastSeq, beforeSeq, most = take + 1 },
            cancellationToken);
        return new MessagePage
        {
            Items = [.. rows.Take(take).Reverse().Select(row => row.ToMessage())],
            NextBeforeSeq = rows.Count > take ? rows[take - 1].Seq : null,
            LastSeq = thread.LastSeq,
            RunningTurnId = thread.RunningTurnId,
            Breaker = thread.ToBreaker(),
        };
    }
}

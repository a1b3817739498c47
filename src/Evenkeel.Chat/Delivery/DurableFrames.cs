using Evenkeel.Accounts;
using Evenkeel.Chat.Threads;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Data;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Delivery;

/// <summary>Reads a conversation's durable frames for connections.</summary>
internal sealed class DurableFrames(Database database, LookAtTurns look) : IDurableFrames
{
    public async Task<ThreadPosition?> FindThreadAsync(Caller caller, Guid threadId, CancellationToken cancellationToken)
    {
        var lastSeq = await database.QueryFirstOrDefaultAsync<long?>(
            DataScope.Organization(caller.OrganizationId),
            "SELECT last_seq FROM conversations WHERE id = @threadId AND user_id = @UserId AND deleted_at IS NULL",
            new { threadId, caller.UserId },
            cancellationToken);
        return lastSeq is { } seq ? new ThreadPosition(caller.OrganizationId, seq) : null;
    }

    public Task<IReadOnlyList<Frame>> ReadAfterAsync(Guid organizationId, Guid threadId, long afterSeq, int limit, CancellationToken cancellationToken) =>
        ReadAsync(organizationId, "seq > @afterSeq ORDER BY seq LIMIT @limit", new { threadId, afterSeq, limit }, cancellationToken);

    public async Task<IReadOnlyList<Frame>> ReadNewestAsync(Guid organizationId, Guid threadId, int limit, CancellationToken cancellationToken)
    {
        var frames = await ReadAsync(organizationId, "true ORDER BY seq DESC LIMIT @limit", new { threadId, limit }, cancellationToken);
        return [.. frames.Reverse()];
    }

    public Task<StoredState> LookAsync(IReadOnlyCollection<Guid> threads, IReadOnlyCollection<Guid> turns, CancellationToken cancellationToken) =>
        look.RunAsync(threads, turns, cancellationToken);

    private async Task<IReadOnlyList<Frame>> ReadAsync(Guid organizationId, string condition, object args, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            DataScope.Organization(organizationId),
            $"""
            SELECT {MessageRow.Columns}, (SELECT correlation_id FROM turns WHERE turns.id = messages.turn_id) AS correlation_id
            FROM messages WHERE conversation_id = @threadId AND {condition}
            """,
            args,
            cancellationToken);
        return [.. rows.Select(row => row.ToFrame() with { Cid = row.CorrelationId })];
    }

    private sealed record Row : MessageRow
    {
        public Guid? CorrelationId { get; init; }
    }
}

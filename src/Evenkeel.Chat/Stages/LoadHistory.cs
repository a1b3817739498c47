using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;

namespace Evenkeel.Chat.Stages;

/// <summary>Reads the messages before the question: whole ones, without answers that were replaced.</summary>
internal sealed class LoadHistory(Database database) : ITurnStage
{
    // Twice the messages a prompt can use: budgets are in tokens, and short messages are many.
    private const int MostMessages = 40;

    public string EventType => TimelineEventType.LoadingHistory;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        // The first message of a conversation has nothing before it: no round trip.
        if (context.Turn.MessageSeq > 1)
        {
            context.History = await ReadAsync(context.Turn, cancellationToken);
        }

        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["messages"] = context.History.Count };
    }

    private async Task<IReadOnlyList<HistoryMessage>> ReadAsync(Turn turn, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            DataScope.Organization(turn.OrganizationId),
            """
            SELECT id, role = 'user' AS is_user, text, (meta ->> 'replaces')::uuid AS replaces
            FROM messages
            WHERE conversation_id = @ThreadId AND seq < @MessageSeq AND status <> 'failed' AND text <> ''
            ORDER BY seq DESC LIMIT @MostMessages
            """,
            new { turn.ThreadId, turn.MessageSeq, MostMessages },
            cancellationToken);
        var replaced = rows.Where(row => row.Replaces is not null).Select(row => row.Replaces!.Value).ToHashSet();
        return [.. rows.Reverse().Where(row => !replaced.Contains(row.Id)).Select(row => new HistoryMessage(row.Id, row.IsUser, row.Text))];
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required bool IsUser { get; init; }
        public required string Text { get; init; }
        public Guid? Replaces { get; init; }
    }
}

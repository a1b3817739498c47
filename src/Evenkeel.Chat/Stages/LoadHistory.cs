using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;

namespace Evenkeel.Chat.Stages;

/// <summary>
/// Reads the conversation before the question: each message with its answer, in the order of the questions (an answer to an earlier question may
/// have been written after this one was sent), without answers that failed or were replaced, and without what moderation refused.
/// </summary>
internal sealed class LoadHistory(Database database) : ITurnStage
{
    // Budgets are in tokens, and short messages are many; questions that wait behind this one count too and are left out.
    private const int MostMessages = 80;

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
        var rows = new List<Row>();
        await using var batch = database.CreateBatch(DataScope.Organization(turn.OrganizationId), isRepeatable: true).Add(
            """
            SELECT recent.id, recent.role = 'user', recent.status, recent.text, turns.replaces, turns.message_seq,
                   turns.error_code IS NOT DISTINCT FROM 'content_blocked'
            FROM (SELECT * FROM messages WHERE conversation_id = $1 ORDER BY seq DESC LIMIT $3) recent
            JOIN turns ON turns.id = recent.turn_id
            WHERE turns.message_seq < $2
            ORDER BY turns.message_seq, recent.seq
            """,
            Sql.Value(turn.ThreadId), Sql.Value(turn.MessageSeq), Sql.Value(MostMessages));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(
                reader.GetGuid(0), reader.GetBoolean(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetGuid(4))
            {
                QuestionSeq = reader.GetInt64(5), IsBlocked = reader.GetBoolean(6),
            });
        }

        // Failed and empty answers are left out only now: they too replace what stood before them.
        var replaced = rows.Where(row => !row.IsUser && row.Replaces is not null).Select(row => row.Replaces!.Value).ToHashSet();
        var answers = rows.Where(row => row.Status != MessageStatus.Failed && row.Text.Length > 0 && !replaced.Contains(row.Id)).ToArray();
        // What moderation refused must not come back as history, unless a later try was answered.
        var refused = rows.Where(row => row.IsBlocked).Select(row => row.QuestionSeq)
            .Except(answers.Where(row => !row.IsUser).Select(row => row.QuestionSeq)).ToHashSet();
        return
        [
            .. answers.Where(row => !refused.Contains(row.QuestionSeq))
                .Select(row => new HistoryMessage(row.Id, row.IsUser, row.Text)),
        ];
    }

    private sealed record Row(Guid Id, bool IsUser, string Status, string Text, Guid? Replaces)
    {
        public long QuestionSeq { get; init; }

        /// <summary>Its turn ended <c>content_blocked</c>.</summary>
        public bool IsBlocked { get; init; }
    }
}

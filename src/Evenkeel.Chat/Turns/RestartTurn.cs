using Evenkeel.Platform.Data;
using Evenkeel.Realtime;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Withdraws what a running turn has shown and begins its text again. The attempt is raised in the database under the fence, so that a
/// client that was away meanwhile never joins text of two tries: to it the new one is an epoch of its own.
/// </summary>
internal sealed class RestartTurn(Database database, IBroadcast broadcast)
{
    // $1 turn, $2 attempt, $3 worker
    private const string Raise =
        """
        WITH turn AS (
            UPDATE turns SET attempt = attempt + 1 WHERE id = $1 AND attempt = $2 AND worker_id = $3 AND status = 'running' RETURNING attempt
        )
        SELECT coalesce((SELECT attempt FROM turn), refuse('EK001'))::integer
        """;

    /// <summary>Begins the next attempt and tells clients to discard what they show.</summary>
    /// <param name="context">The turn; its answer so far is emptied.</param>
    /// <param name="reason">For clients, such as <c>retry</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(TurnContext context, string reason, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        await using var batch = database.CreateBatch(DataScope.Organization(turn.OrganizationId))
            .Add(Raise, Sql.Value(turn.Id), Sql.Value(turn.Attempt), Sql.Value(context.Running.WorkerId));
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            context.Running.BeginAttempt(reader.GetInt32(0));
        }

        context.Answer.Clear();
        broadcast.Reset(turn.ThreadId, turn.Id, turn.CorrelationId, context.Turn.Attempt, reason);
    }
}

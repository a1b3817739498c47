using Evenkeel.Platform.Data;
using Evenkeel.Realtime;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Withdraws what a running turn has shown and begins its text again. The attempt is raised in the database under the fence, so that a
/// client that was away meanwhile never joins text of two tries: to it the new one is an epoch of its own.
/// </summary>
internal sealed class RestartTurn(Database database, IBroadcast broadcast)
{
    // $1 turn, $2 attempt, $3 worker, $4 losses, $5 the attempt that a first try whose answer was lost may have left, else $2 again.
    // Under the same worker the attempt is raised here or by a claim; before it can be claimed again here a loss was counted.
    private const string Raise =
        """
        WITH turn AS (
            UPDATE turns SET attempt = $2 + 1
            WHERE id = $1 AND attempt IN ($2, $5) AND worker_id = $3 AND losses = $4 AND status = 'running' RETURNING attempt
        )
        SELECT coalesce((SELECT attempt FROM turn), refuse('EK001'))::integer
        """;

    /// <summary>
    /// Begins the next attempt and tells clients to discard what they show. It cannot be given up half way: an attempt that was raised without our
    /// knowing would take the turn away from us.
    /// </summary>
    /// <param name="context">The turn; its answer so far is emptied.</param>
    /// <param name="reason">For clients, such as <c>retry</c>.</param>
    public async Task RunAsync(TurnContext context, string reason)
    {
        var turn = context.Turn;
        try
        {
            context.Running.BeginAttempt(await RaiseAsync(context.Running, turn.Attempt));
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsLostConnection(lost))
        {
            context.Running.BeginAttempt(await RaiseAsync(context.Running, turn.Attempt + 1));
        }

        context.Answer.Clear();
        broadcast.Reset(turn.ThreadId, turn.Id, turn.CorrelationId, context.Turn.Attempt, reason);
    }

    private async Task<int> RaiseAsync(RunningTurn running, int orFrom)
    {
        var turn = running.Turn;
        await using var batch = database.CreateBatch(DataScope.Organization(turn.OrganizationId)).Add(
            Raise, Sql.Value(turn.Id), Sql.Value(turn.Attempt), Sql.Value(running.WorkerId), Sql.Value(turn.Losses), Sql.Value(orFrom));
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.ReadAsync();
        return reader.GetInt32(0);
    }
}

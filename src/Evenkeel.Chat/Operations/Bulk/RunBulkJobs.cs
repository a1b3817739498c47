using Dapper;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>
/// Goes through the turns of bulk jobs, a hundred at a time and in the order of ids. Where it stands is written with each step, so that another process
/// goes on when this one dies; what may be done twice then does the same twice (<see cref="ActOnTurns"/>).
/// </summary>
internal sealed partial class RunBulkJobs(Database database, ActOnTurns act, IdSource ids, TimeProvider time, ILogger<RunBulkJobs> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(5))
{
    private const int TurnsPerStep = 100;
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private readonly Guid _owner = ids.Next();
    private readonly TimeProvider _time = time;
    private DateTimeOffset _nextCleaning;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } job)
        {
            await CleanAsync(cancellationToken);
            return false;
        }

        await StepAsync(job, cancellationToken);
        return true;
    }

    /// <summary>The oldest job that nobody goes through, or one's own.</summary>
    private Task<BulkJobRow?> ClaimAsync(CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<BulkJobRow>(
        DataScope.System,
        $"""
        WITH next AS (
            SELECT id AS next_id FROM bulk_jobs
            WHERE status = 'queued' OR (status = 'running' AND (owner = @_owner OR lease_until < now()))
            ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        UPDATE bulk_jobs SET status = 'running', owner = @_owner, lease_until = now() + interval '1 minute' FROM next WHERE id = next_id
        RETURNING {BulkJobRow.Columns}
        """,
        new { _owner },
        cancellationToken);

    private async Task StepAsync(BulkJobRow job, CancellationToken cancellationToken)
    {
        var turns = await NextAsync(job, cancellationToken);
        if (turns.Count == 0)
        {
            await EndAsync(job, "done", null, cancellationToken);
            Log.Done(logger, job.Id, job.Action, job.Done, job.Skipped);
            return;
        }

        try
        {
            var outcome = await act.RunAsync(job, turns, cancellationToken);
            if (outcome.Done + outcome.Skipped > 0)
            {
                await AdvanceAsync(job, turns, outcome, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or Npgsql.NpgsqlException { IsTransient: true }))
        {
            Log.Failed(logger, exception, job.Id, job.Action);
            await EndAsync(job, "failed", ErrorCode.ServerError, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<BulkTurn>> NextAsync(BulkJobRow job, CancellationToken cancellationToken)
    {
        var args = new DynamicParameters(TurnFilter.Args(job.Filter));
        args.AddDynamicParams(new { job.OrganizationId, job.LastTurnId, job.TurnIds, after = job.Position ?? Guid.Empty, most = TurnsPerStep });
        return await database.QueryAsync<BulkTurn>(
            DataScope.Organization(job.OrganizationId),
            $"""
            SELECT t.id, t.conversation_id AS thread_id, t.user_id, t.status, t.language FROM turns t
            WHERE t.id > @after AND {StartBulk.Chosen} ORDER BY t.id LIMIT @most
            """,
            args,
            cancellationToken);
    }

    /// <summary>Nothing is written for a job that was cancelled, or that another process took, in the meantime.</summary>
    private async Task AdvanceAsync(BulkJobRow job, IReadOnlyList<BulkTurn> turns, BulkOutcome outcome, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            DataScope.Organization(job.OrganizationId),
            """
            WITH advanced AS (
                UPDATE bulk_jobs SET done = done + @Done, skipped = skipped + @Skipped, position = @position, lease_until = now() + interval '1 minute'
                WHERE id = @Id AND status = 'running' AND owner = @_owner
                RETURNING id, organization_id
            )
            INSERT INTO bulk_results (job_id, part, organization_id, content)
            SELECT a.id, (SELECT count(*) FROM bulk_results r WHERE r.job_id = a.id), a.organization_id, @Part FROM advanced a WHERE @Part::bytea IS NOT NULL
            """,
            new { job.Id, outcome.Done, outcome.Skipped, position = turns[outcome.Done + outcome.Skipped - 1].Id, outcome.Part, _owner },
            cancellationToken);
    }

    private Task EndAsync(BulkJobRow job, string status, string? errorCode, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(job.OrganizationId),
        "UPDATE bulk_jobs SET status = @status, error_code = @errorCode, ended_at = now() WHERE id = @Id AND status = 'running' AND owner = @_owner",
        new { job.Id, status, errorCode, _owner },
        cancellationToken);

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow() < _nextCleaning)
        {
            return;
        }

        await database.ExecuteAsync(
            DataScope.System,
            "DELETE FROM bulk_results USING bulk_jobs WHERE bulk_jobs.id = job_id AND ended_at < now() - interval '1 day'",
            null,
            cancellationToken);
        _nextCleaning = _time.GetUtcNow() + BetweenCleanings;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Bulk job {JobId} ({Kind}) is done: {Done} turns, {Skipped} skipped")]
        public static partial void Done(ILogger logger, Guid jobId, string kind, long done, long skipped);

        [LoggerMessage(Level = LogLevel.Error, Message = "Bulk job {JobId} ({Kind}) failed")]
        public static partial void Failed(ILogger logger, Exception exception, Guid jobId, string kind);
    }
}

using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>A job being run: who it is, and the only way to write for it.</summary>
internal sealed class JobContext(Database database, Job job, Guid workerId)
{
    public Job Job { get; } = job;

    /// <summary>Whether the handler ended the job in a transaction of its own.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>A transaction in which the job is certainly still ours; its row stays locked to the end.</summary>
    /// <exception cref="JobLostException">It is not.</exception>
    public async Task<ScopedTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await database.BeginAsync(DataScope.Organization(Job.OrganizationId), cancellationToken);
        try
        {
            var isOurs = await transaction.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                """
                SELECT EXISTS (
                    SELECT FROM knowledge_jobs WHERE id = @Id AND attempt = @Attempt AND worker_id = @workerId AND status = 'running' FOR UPDATE)
                """,
                new { Job.Id, Job.Attempt, workerId },
                transaction.Transaction,
                cancellationToken: cancellationToken));
            return isOurs ? transaction : throw new JobLostException();
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says how far the document is. Silently nothing when the job is not ours any more: the next real write finds that out.</summary>
    /// <param name="stage">See <see cref="Contracts.Knowledge.DocumentProgress"/>.</param>
    /// <param name="done">Passages stored.</param>
    /// <param name="total">Passages there are, 0 = not known.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task ReportAsync(string stage, int done, int total, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.Organization(Job.OrganizationId),
            """
            UPDATE knowledge_documents SET status = 'processing', stage = @stage, done = @done, total = @total, attempt = @Attempt
            WHERE id = @DocumentId
              AND EXISTS (SELECT FROM knowledge_jobs WHERE id = @Id AND attempt = @Attempt AND worker_id = @workerId AND status = 'running')
            """,
            new { stage, done, total, Job.Attempt, Job.DocumentId, Job.Id, workerId },
            cancellationToken);

    /// <summary>Ends the job with what else <paramref name="transaction"/> does; it came from <see cref="BeginAsync"/>.</summary>
    public async Task EndInTransactionAsync(ScopedTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM knowledge_jobs WHERE id = @Id", new { Job.Id }, transaction.Transaction, cancellationToken: cancellationToken));
        IsEnded = true;
    }

    /// <summary>Puts the job back into the queue.</summary>
    /// <param name="after">How long it waits at least.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task ReleaseAsync(TimeSpan after, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.Organization(Job.OrganizationId),
            """
            UPDATE knowledge_jobs SET status = 'queued', worker_id = NULL, lease_until = NULL, run_after = now() + @after
            WHERE id = @Id AND attempt = @Attempt AND worker_id = @workerId AND status = 'running';
            UPDATE knowledge_documents SET status = 'queued', stage = 'waiting' WHERE id = @DocumentId AND status = 'processing';
            """,
            new { Job.Id, Job.Attempt, Job.DocumentId, workerId, after },
            cancellationToken);
}

using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>What a job is about.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="ChatbotId">Whose knowledge.</param>
/// <param name="SourceId">Which source.</param>
/// <param name="DocumentId">Which document; null = the source as a whole.</param>
internal sealed record JobSubject(Guid OrganizationId, Guid ChatbotId, Guid SourceId, Guid? DocumentId);

/// <summary>Puts work into the queue, in the transaction of what makes it necessary. Call <see cref="Committed"/> after the commit.</summary>
internal sealed class QueueJobs(IdSource ids, TimeProvider time)
{
    /// <summary>Set by the loop that runs jobs in this process, if there is one.</summary>
    public Action? Wake { get; set; }

    /// <summary>
    /// Queues one job for each subject. Where one of the lane waits already, it serves this request too; one that runs is taken from its
    /// worker and begins anew, because it works on what was there before.
    /// </summary>
    public Task InTransactionAsync(ScopedTransaction transaction, string lane, IReadOnlyList<JobSubject> subjects, CancellationToken cancellationToken)
    {
        const string again =
            "SET status = 'queued', attempt = jobs.attempt + 1, losses = 0, worker_id = NULL, lease_until = NULL, run_after = excluded.run_after";
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            INSERT INTO knowledge_jobs AS jobs (id, organization_id, chatbot_id, source_id, document_id, lane, run_after, queued_at)
            SELECT id, organization_id, chatbot_id, source_id, document_id, @lane, @now, @now
            FROM unnest(@ids, @organizations, @chatbots, @sources, @documents) AS given (id, organization_id, chatbot_id, source_id, document_id)
            WHERE document_id IS NOT NULL
            ON CONFLICT (document_id, lane) WHERE document_id IS NOT NULL DO UPDATE {again};

            INSERT INTO knowledge_jobs AS jobs (id, organization_id, chatbot_id, source_id, lane, run_after, queued_at)
            SELECT id, organization_id, chatbot_id, source_id, @lane, @now, @now
            FROM unnest(@ids, @organizations, @chatbots, @sources, @documents) AS given (id, organization_id, chatbot_id, source_id, document_id)
            WHERE document_id IS NULL
            ON CONFLICT (source_id, lane) WHERE document_id IS NULL DO UPDATE {again};
            """,
            new
            {
                lane,
                now = time.GetUtcNow(),
                ids = subjects.Select(_ => ids.Next()).ToArray(),
                organizations = subjects.Select(subject => subject.OrganizationId).ToArray(),
                chatbots = subjects.Select(subject => subject.ChatbotId).ToArray(),
                sources = subjects.Select(subject => subject.SourceId).ToArray(),
                documents = subjects.Select(subject => subject.DocumentId).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>The jobs are there for everybody: whoever runs jobs here looks at once. Other processes look every second.</summary>
    public void Committed() => Wake?.Invoke();
}

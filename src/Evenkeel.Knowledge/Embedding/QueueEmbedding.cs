using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Models;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Embedding;

/// <summary>Queues the vectors of a document that was published.</summary>
internal sealed class QueueEmbedding(QueueJobs queue, IEmbeddings embeddings) : IAfterPublication
{
    public Task InTransactionAsync(ScopedTransaction transaction, JobSubject document, CancellationToken cancellationToken) =>
        embeddings.IsConfigured ? queue.InTransactionAsync(transaction, JobLane.Embed, [document], cancellationToken) : Task.CompletedTask;
}

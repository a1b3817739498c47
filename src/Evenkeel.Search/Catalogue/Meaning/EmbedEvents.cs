using System.Security.Cryptography;
using System.Text;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue.Indexing;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Catalogue.Meaning;

/// <summary>Makes vectors of events whose text has none of the configured model yet. Nothing to do where none is configured.</summary>
internal sealed class EmbedEvents(Database database, IEmbeddings embeddings, IndexStates states, TimeProvider time, ILogger<EmbedEvents> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(2))
{
    private const int Batch = 64;
    private const string Name = "vectors";

    private static readonly EventChanges Changes = new("event_vector_changes");

    private bool _hasLookedForMissing;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured)
        {
            return false;
        }

        await LookForMissingAsync(cancellationToken);
        var organizations = await database.QueryAsync<Guid>(
            DataScope.System, "SELECT DISTINCT organization_id FROM (SELECT organization_id FROM event_vector_changes ORDER BY number LIMIT 1000) AS changes LIMIT 20", null, cancellationToken);
        var isMore = false;
        foreach (var organization in organizations)
        {
            isMore |= await EmbedAsync(organization, cancellationToken);
        }

        return isMore;
    }

    /// <summary>A model that was configured, or changed, while events were there: all of theirs, once after each start.</summary>
    private async Task LookForMissingAsync(CancellationToken cancellationToken)
    {
        if (_hasLookedForMissing)
        {
            return;
        }

        if (embeddings.Space.Length == 0)
        {
            // The first answer tells the length of a vector, which belongs to the name of the space.
            await embeddings.EmbedDocumentsAsync(["events"], cancellationToken);
        }

        await database.ExecuteAsync(
            DataScope.System,
            """
            INSERT INTO event_vector_changes (event_id, organization_id)
            SELECT id, organization_id FROM catalogue_events
            WHERE NOT EXISTS (SELECT FROM event_vectors WHERE event_id = catalogue_events.id AND space = @Space)
            ON CONFLICT (event_id) DO NOTHING
            """,
            new { embeddings.Space },
            cancellationToken);
        _hasLookedForMissing = true;
    }

    private async Task<bool> EmbedAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        // The lock keeps other processes from asking for the same; what is written is right whoever writes it, as the text's hash stands beside.
        TakenChanges? taken;
        await using (var transaction = await states.LockAsync(organizationId, Name, isWaiting: false, cancellationToken))
        {
            taken = transaction is null ? null : await Changes.NextInTransactionAsync(transaction, organizationId, Batch, cancellationToken);
        }

        if (taken is null)
        {
            return false;
        }

        var texts = await database.QueryAsync<TextRow>(
            DataScope.Organization(organizationId),
            """
            SELECT id, title || E'\n' || description AS text, event_vectors.text_hash FROM catalogue_events
            LEFT JOIN event_vectors ON event_vectors.event_id = catalogue_events.id AND space = @Space
            WHERE id = ANY (@EventIds)
            """,
            new { taken.EventIds, embeddings.Space },
            cancellationToken);
        var wanted = texts.Select(row => (row.Id, row.Text, Hash: SHA256.HashData(Encoding.UTF8.GetBytes(row.Text)), row.TextHash))
            .Where(row => row.TextHash is null || !row.Hash.AsSpan().SequenceEqual(row.TextHash)).ToList();
        // No transaction is open while a model is called.
        var vectors = wanted.Count == 0 ? [] : await embeddings.EmbedDocumentsAsync(wanted.ConvertAll(row => row.Text), cancellationToken);
        await using var writing = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        for (var place = 0; place < wanted.Count; place++)
        {
            await IndexStates.ExecuteAsync(
                writing,
                """
                INSERT INTO event_vectors (event_id, organization_id, space, text_hash, vector, signature)
                VALUES (@Id, @organizationId, @Space, @Hash, @vector, @signature::bit varying)
                ON CONFLICT (event_id) DO UPDATE
                SET space = EXCLUDED.space, text_hash = EXCLUDED.text_hash, vector = EXCLUDED.vector, signature = EXCLUDED.signature
                """,
                new
                {
                    wanted[place].Id, organizationId, embeddings.Space, wanted[place].Hash, vector = PackedVector.Pack(vectors[place]),
                    signature = VectorSignature.Of(vectors[place]),
                },
                cancellationToken);
        }

        Guid[] gone = [.. taken.EventIds.Except(texts.Select(row => row.Id))];
        await IndexStates.ExecuteAsync(writing, "DELETE FROM event_vectors WHERE event_id = ANY (@gone)", new { gone }, cancellationToken);
        await Changes.ForgetInTransactionAsync(writing, organizationId, taken, cancellationToken);
        await writing.CommitAsync(cancellationToken);
        return taken.EventIds.Length == Batch;
    }

    private sealed record TextRow
    {
        public required Guid Id { get; init; }
        public required string Text { get; init; }
        public byte[]? TextHash { get; init; }
    }
}

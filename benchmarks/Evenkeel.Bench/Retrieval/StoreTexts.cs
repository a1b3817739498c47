using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Splitting;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;

namespace Evenkeel.Bench.Retrieval;

/// <summary>Analyses and stores texts by the server's own parts, in the role the server has.</summary>
internal sealed class StoreTexts(Database database, PassageAnalyzer analyzer)
{
    private readonly StorePassages _store = new(new IdSource(TimeProvider.System));

    /// <summary>The ids documents got, with the keys of their texts.</summary>
    public Dictionary<Guid, string> Keys { get; } = [];

    /// <param name="target">Where to.</param>
    /// <param name="texts">A document of one passage for each.</param>
    /// <param name="replaced">A document that goes at the same moment.</param>
    public async Task RunAsync(StoreTarget target, CollectionText[] texts, Guid? replaced)
    {
        var passages = new List<PreparedPassage>(texts.Length);
        foreach (var text in texts)
        {
            var split = new SplitPassage([], text.Text, null);
            passages.Add(new PreparedPassage(split, (await analyzer.AnalyzeAsync(text.Title, [split], CancellationToken.None))[0]));
        }

        var documents = Array.ConvertAll(texts, _ => Guid.CreateVersion7());
        for (var index = 0; index < texts.Length; index++)
        {
            Keys[documents[index]] = texts[index].Key;
        }

        await using var transaction = await database.BeginAsync(DataScope.Organization(target.OrganizationId), CancellationToken.None);
        await StoreDocumentsAsync(transaction, target, documents, texts, passages, replaced);
        await _store.InTransactionAsync(transaction, target, [.. documents.Zip(passages, (id, passage) => (id, 1, 0, passage))], CancellationToken.None);
        await KnowledgeVersions.BumpInTransactionAsync(transaction, target.OrganizationId, target.ChatbotId, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task StoreDocumentsAsync(
        ScopedTransaction transaction, StoreTarget target, Guid[] documents, CollectionText[] texts, List<PreparedPassage> passages, Guid? replaced)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH gone AS (UPDATE knowledge_documents SET deleted_at = now() WHERE id = $8)
            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, bytes, passage_count,
                revision, created_at, updated_at)
            SELECT id, $1, $2, $3, title, id::text, language, 'ready', bytes, 1, 1, now(), now()
            FROM unnest($4, $5, $6, $7) AS given (id, title, language, bytes)
            """,
            transaction.Connection,
            transaction.Transaction);
        object[] values =
        [
            target.OrganizationId, target.ChatbotId, target.SourceId, documents, Array.ConvertAll(texts, text => text.Title),
            passages.ConvertAll(passage => passage.Analyzed.Language).ToArray(), Array.ConvertAll(texts, text => (long)text.Text.Length), replaced ?? Guid.Empty,
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}

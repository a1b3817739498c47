using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Terms;

/// <summary>A document's passages of one revision.</summary>
internal readonly record struct StoredDocument(Guid Id, int Revision);

/// <summary>Analyses stored passages whose analysis is missing or of an older format, document by document.</summary>
internal sealed class StoredAnalysis(Database database, PassageAnalyzer analyzer)
{
    /// <summary>Documents read at once: few, because some have thousands of passages.</summary>
    private const int DocumentsAtOnce = 16;

    /// <summary>Hands over the passages of the documents that need it; those with a present analysis are left out.</summary>
    public async Task AnalyzeAsync(
        Guid organizationId, IReadOnlyCollection<StoredDocument> documents, PassageReceiver receive, CancellationToken cancellationToken)
    {
        foreach (var some in documents.Chunk(DocumentsAtOnce))
        {
            foreach (var (passage, analyzed) in await AnalyzeAsync(DataScope.Organization(organizationId), some, cancellationToken))
            {
                receive(new IndexedPassage
                {
                    Id = passage.Id,
                    DocumentId = passage.DocumentId,
                    Revision = passage.Revision,
                    Ordinal = passage.Ordinal,
                    Analysis = analyzed.Analysis,
                });
            }
        }
    }

    /// <summary>The passages of a few documents that need it, with their new analysis.</summary>
    public async Task<IReadOnlyList<(PassageRow Passage, AnalyzedPassage Analyzed)>> AnalyzeAsync(
        DataScope scope, IReadOnlyCollection<StoredDocument> documents, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<PassageRow>(
            scope,
            """
            SELECT passage.id, passage.document_id, passage.revision, passage.ordinal, document.title, passage.heading_path, passage.text,
                passage.analysis IS NULL OR length(passage.analysis) = 0 OR get_byte(passage.analysis, 0) <> @format AS is_outdated
            FROM unnest(@ids, @revisions) AS wanted (document_id, revision)
            JOIN knowledge_passages AS passage ON passage.document_id = wanted.document_id AND passage.revision = wanted.revision
            JOIN knowledge_documents AS document ON document.id = passage.document_id
            ORDER BY passage.document_id, passage.ordinal
            """,
            new
            {
                ids = documents.Select(document => document.Id).ToArray(),
                revisions = documents.Select(document => document.Revision).ToArray(),
                format = (int)PassageAnalysis.Format,
            },
            cancellationToken);
        var analyzed = new List<(PassageRow, AnalyzedPassage)>();
        foreach (var document in rows.GroupBy(row => (row.DocumentId, row.Revision)))
        {
            // The whole document, though only some of it may be outdated: its language is that of all its passages.
            var passages = document.ToList();
            var texts = passages.ConvertAll(passage => new PassageText(passage.HeadingPath, passage.Text));
            var results = await analyzer.AnalyzeAsync(passages[0].Title, texts, cancellationToken);
            analyzed.AddRange(passages.Zip(results).Where(pair => pair.First.IsOutdated));
        }

        return analyzed;
    }

    internal sealed record PassageRow
    {
        public Guid Id { get; init; }
        public Guid DocumentId { get; init; }
        public int Revision { get; init; }
        public int Ordinal { get; init; }
        public string Title { get; init; } = "";
        public string[] HeadingPath { get; init; } = [];
        public string Text { get; init; } = "";
        public bool IsOutdated { get; init; }
    }
}

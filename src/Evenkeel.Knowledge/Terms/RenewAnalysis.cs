using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// After an upgrade: writes the analysis of passages that have none or one of an older format, so that an index need not make it at every
/// start. Goes once through the documents in the order of their ids, a few at a time; started again, it begins again and finds little to do.
/// Several nodes do no harm to each other: they write the same.
/// </summary>
internal sealed partial class RenewAnalysis(Database database, StoredAnalysis analysis, TimeProvider time, ILogger<RenewAnalysis> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromHours(1))
{
    private const int DocumentsAtOnce = 8;

    private Guid _after;
    private long _renewed;

    /// <inheritdoc/>
    protected override Task<bool> RunOnceAsync(CancellationToken cancellationToken) => RenewSomeAsync(cancellationToken);

    /// <summary>Rewrites the passages of a few documents.</summary>
    /// <returns>False when all have been gone through.</returns>
    internal async Task<bool> RenewSomeAsync(CancellationToken cancellationToken)
    {
        var documents = await database.QueryAsync<StoredDocument>(
            DataScope.System,
            """
            SELECT document.id, document.revision FROM knowledge_documents AS document
            WHERE document.id > @after AND document.revision > 0 AND document.deleted_at IS NULL AND EXISTS (
                SELECT FROM knowledge_passages AS passage
                WHERE passage.document_id = document.id AND passage.revision = document.revision
                    AND (passage.analysis IS NULL OR length(passage.analysis) = 0 OR get_byte(passage.analysis, 0) <> @format))
            ORDER BY document.id LIMIT @limit
            """,
            new { after = _after, format = (int)PassageAnalysis.Format, limit = DocumentsAtOnce },
            cancellationToken);
        if (documents.Count > 0)
        {
            await RenewAsync(documents, cancellationToken);
            _after = documents[^1].Id;
            return true;
        }

        if (_renewed > 0)
        {
            Log.Renewed(logger, _renewed);
        }

        (_after, _renewed) = (Guid.Empty, 0);
        return false;
    }

    private async Task RenewAsync(IReadOnlyList<StoredDocument> documents, CancellationToken cancellationToken)
    {
        var analyzed = await analysis.AnalyzeAsync(DataScope.System, documents, cancellationToken);
        // The passages of a revision never change, so nobody else can have written anything else meanwhile.
        _renewed += await database.ExecuteAsync(
            DataScope.System,
            """
            UPDATE knowledge_passages AS passage SET analysis = given.analysis, language = given.language
            FROM unnest(@ids, @analyses, @languages) AS given (id, analysis, language) WHERE passage.id = given.id
            """,
            new
            {
                ids = analyzed.Select(pair => pair.Passage.Id).ToArray(),
                analyses = analyzed.Select(pair => pair.Analyzed.Analysis).ToArray(),
                languages = analyzed.Select(pair => pair.Analyzed.Language).ToArray(),
            },
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Words of {Passages} passages were analysed anew")]
        public static partial void Renewed(ILogger logger, long passages);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Evenkeel.Contracts;
using Evenkeel.Knowledge.Splitting;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>A passage ready to be stored.</summary>
/// <param name="Split">As cut from the document.</param>
/// <param name="Analyzed">Its language and words.</param>
internal sealed record PreparedPassage(SplitPassage Split, AnalyzedPassage Analyzed);

/// <summary>Writes many passages with one statement.</summary>
internal sealed class StorePassages(IdSource ids)
{
    /// <summary>Stands between the headings of a path that travels as text, because unnest() cannot keep rows of arrays apart.</summary>
    private const char Separator = '\u001F';

    /// <param name="transaction">The caller commits.</param>
    /// <param name="target">Where to.</param>
    /// <param name="passages">Each with its document, revision and place in the document.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task InTransactionAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<(Guid DocumentId, int Revision, int Ordinal, PreparedPassage Passage)> passages,
        CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, revision, ordinal, heading_path, text, language, place,
                analysis, text_hash)
            SELECT id, @OrganizationId, @ChatbotId, document_id, revision, ordinal, string_to_array(heading_path, @separator), text, language,
                place::jsonb, analysis, text_hash
            FROM unnest(@ids, @documents, @revisions, @ordinals, @headingPaths, @texts, @languages, @places, @analyses, @hashes)
                AS given (id, document_id, revision, ordinal, heading_path, text, language, place, analysis, text_hash)
            """,
            new
            {
                target.OrganizationId,
                target.ChatbotId,
                separator = Separator.ToString(),
                ids = passages.Select(_ => ids.Next()).ToArray(),
                documents = passages.Select(row => row.DocumentId).ToArray(),
                revisions = passages.Select(row => row.Revision).ToArray(),
                ordinals = passages.Select(row => row.Ordinal).ToArray(),
                headingPaths = passages.Select(row => Path(row.Passage.Split)).ToArray(),
                texts = passages.Select(row => row.Passage.Split.Text).ToArray(),
                languages = passages.Select(row => row.Passage.Analyzed.Language).ToArray(),
                places = passages.Select(row => row.Passage.Split.Place is { } place ? JsonSerializer.Serialize(place, Wire.Json) : null).ToArray(),
                analyses = passages.Select(row => row.Passage.Analyzed.Analysis).ToArray(),
                hashes = passages.Select(row => HashOf(row.Passage.Split)).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>SHA-256 of what is embedded: the headings and the text.</summary>
    private static byte[] HashOf(SplitPassage passage) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Path(passage)}{Separator}{passage.Text}"));

    private static string Path(SplitPassage passage) => string.Join(Separator, passage.HeadingPath.Select(heading => heading.Replace(Separator, ' ')));
}

using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>A document that was made of a page.</summary>
internal sealed record PageDocument
{
    public Guid Id { get; init; }
    public string FileName { get; init; } = "";
    public string Url { get; init; } = "";
    public string? ETag { get; init; }
    public string? LastModified { get; init; }
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Of the content that it has, or waits to be read.</summary>
    public Guid? ContentId { get; init; }
    public byte[]? Hash { get; init; }
}

/// <summary>What a source has of its pages.</summary>
internal sealed record KnownDocuments(IReadOnlyList<KnownPage> Pages, IReadOnlyDictionary<string, PageDocument> ByKey)
{
    /// <summary>The document of a page; null where there is none.</summary>
    public PageDocument? Of(Uri address) => ByKey.GetValueOrDefault(WebAddress.KeyOf(address));
}

/// <summary>The pages of a web source as they were fetched last.</summary>
internal sealed class LoadPages(Database database, ContentStore contents)
{
    public async Task<KnownDocuments> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var scope = DataScope.Organization(job.OrganizationId);
        var queuedAt = await database.QueryFirstOrDefaultAsync<DateTimeOffset?>(
            scope, "SELECT queued_at FROM knowledge_jobs WHERE id = @Id", new { job.Id }, cancellationToken) ?? throw new JobLostException();
        var rows = await database.QueryAsync<PageDocument>(
            scope,
            """
            SELECT document.id, file_name, url, etag AS e_tag, last_modified, fetched_at, content.id AS content_id, content.hash
            FROM knowledge_documents AS document LEFT JOIN knowledge_contents AS content ON content.id = coalesce(pending_content_id, content_id)
            WHERE source_id = @SourceId AND deleted_at IS NULL AND url IS NOT NULL ORDER BY document.id
            """,
            new { job.SourceId },
            cancellationToken);
        var documents = rows.DistinctBy(row => WebAddress.KeyOf(new Uri(row.Url)), StringComparer.Ordinal).ToDictionary(row => WebAddress.KeyOf(new Uri(row.Url)), StringComparer.Ordinal);
        return new KnownDocuments([.. documents.Values.Select(row => PageOf(row, job.OrganizationId, queuedAt))], documents);
    }

    // Without its content, the answer that a page is as it was would be worth nothing.
    private KnownPage PageOf(PageDocument row, Guid organizationId, DateTimeOffset queuedAt) => new()
    {
        Address = new Uri(row.Url),
        Conditions = row.ContentId is null ? FetchConditions.None : new FetchConditions(row.ETag, row.LastModified),
        Hash = row.Hash,
        IsHtml = row.FileName.EndsWith(PageType.Html, StringComparison.Ordinal),
        IsFresh = row.ContentId is not null && row.FetchedAt >= queuedAt,
        OpenAsync = token => OpenAsync(organizationId, row.ContentId, token),
    };

    private async Task<Stream?> OpenAsync(Guid organizationId, Guid? contentId, CancellationToken cancellationToken)
    {
        if (contentId is null)
        {
            return null;
        }

        await using var file = await ContentFile.CreateAsync(contents, organizationId, contentId.Value, cancellationToken);
        if (file is null)
        {
            return null;
        }

        await using var content = File.OpenRead(file.Path);
        var buffer = new byte[(int)Math.Min(content.Length, HtmlFacts.MostBytes)];
        return new MemoryStream(buffer, 0, await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
    }
}

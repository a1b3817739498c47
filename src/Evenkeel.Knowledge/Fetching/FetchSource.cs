using System.Text.Json;
using Dapper;
using Evenkeel.Contracts;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// The lane <c>fetch</c>: goes through a web source's pages and makes a document of each as it comes, which the lane <c>read</c> reads. Begun
/// again after a crash, it asks for no page twice.
/// </summary>
internal sealed class FetchSource(Database database, CrawlSite crawl, LoadPages pages, StorePage store, Random random, TimeProvider time) : IJobHandler
{
    // So that sources made in one moment are not all fetched in one moment ever after.
    private const double Jitter = 0.05;

    public string Lane => JobLane.Fetch;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var settings = await LoadAsync(context.Job, cancellationToken) ?? throw new JobLostException();
        var known = await pages.RunAsync(context.Job, cancellationToken);
        var request = new CrawlRequest(new Uri(settings.Url), ModeOf(settings.Mode), settings.MaxPages);
        var kept = 0;
        try
        {
            await foreach (var finding in crawl.RunAsync(request, known.Pages, cancellationToken))
            {
                await store.RunAsync(context, known, finding, cancellationToken);
                kept += finding is GonePage ? 0 : 1;
            }
        }
        catch (FetchFailedException failure)
        {
            throw new JobFailedException(failure.ReasonCode, failure.InnerException) { IsTransient = failure.IsTransient, RetryAfter = failure.RetryAfter };
        }

        if (kept == 0)
        {
            throw new JobFailedException(request.Mode == CrawlMode.Page ? KnowledgeReasons.PageGone : KnowledgeReasons.NoPages);
        }

        await EndAsync(context, cancellationToken);
    }

    public Task FailInTransactionAsync(JobContext context, ScopedTransaction transaction, string reasonCode, CancellationToken cancellationToken) =>
        WriteAsync(context.Job, transaction, reasonCode, cancellationToken);

    private async Task EndAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await WriteAsync(context.Job, transaction, null, cancellationToken);
        await context.EndInTransactionAsync(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A source that failed is fetched again in its time too; what it has goes on answering.</summary>
    private Task WriteAsync(Job job, ScopedTransaction transaction, string? reasonCode, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE knowledge_sources SET reason_code = @reasonCode, fetched_at = CASE WHEN @reasonCode::text IS NULL THEN @now ELSE fetched_at END,
                next_fetch_at = @now + (web ->> 'refresh_hours')::float8 * @factor * interval '1 hour'
            WHERE id = @SourceId
            """,
            new { job.SourceId, reasonCode, now = time.GetUtcNow(), factor = 1 - Jitter + (2 * Jitter * random.NextDouble()) },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private async Task<WebSourceSettings?> LoadAsync(Job job, CancellationToken cancellationToken) =>
        await database.QueryFirstOrDefaultAsync<string>(
            DataScope.Organization(job.OrganizationId),
            """
            SELECT web::text FROM knowledge_sources WHERE id = @SourceId AND deleted_at IS NULL AND web IS NOT NULL
                AND EXISTS (SELECT FROM chatbots WHERE chatbots.id = chatbot_id AND chatbots.deleted_at IS NULL)
            """,
            new { job.SourceId },
            cancellationToken) is { } web
            ? JsonSerializer.Deserialize<WebSourceSettings>(web, Wire.Json)
            : null;

    private static CrawlMode ModeOf(string mode) => mode switch
    {
        WebMode.Crawl => CrawlMode.Crawl,
        WebMode.Sitemap => CrawlMode.Sitemap,
        _ => CrawlMode.Page,
    };
}

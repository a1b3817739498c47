using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>
/// The worker of the ingestion queue: claims jobs of each lane while it has places, keeps their leases, takes back those of lost processes, and
/// interrupts what was cancelled. Beside the queue of turns and never in its way: other tables, other places, quiet threads.
/// </summary>
internal sealed class RunJobs(
    Database database, ClaimJobs claim, RunJob run, QueueJobs queue, IEnumerable<IJobHandler> handlers, QuietThreads threads, IdSource ids,
    IOptions<KnowledgeJobOptions> options, TimeProvider time, ILogger<RunJobs> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(1))
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(5);

    private readonly Guid _workerId = ids.Next();
    private readonly RunningJobs _running = new();
    private long _checkedAt;
    private long _renewedAt;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        queue.Wake = Wake;
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Hands what runs back to the queue, so that another process goes on at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _running.InterruptAllAsync().WaitAsync(ShutdownPatience, Time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The end of the lease tells others the same some seconds later.
            logger.LogWarning(exception, "Ingestion jobs were still running at the end");
        }
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_checkedAt == 0 || Time.GetElapsedTime(_checkedAt) >= CheckInterval)
        {
            await TakeBackAsync(cancellationToken);
            await CheckMineAsync(cancellationToken);
            _checkedAt = Time.GetTimestamp();
        }

        foreach (var handler in handlers)
        {
            while (_running.CountOf(handler.Lane) < options.Value.PlacesOf(handler.Lane)
                && await claim.RunAsync(handler.Lane, _workerId, cancellationToken) is { } job)
            {
                Start(handler, job);
            }
        }

        return false;
    }

    private void Start(IJobHandler handler, Job job) => _running.Start(
        job,
        token => threads.RunAsync(() => run.RunAsync(handler, new JobContext(database, job, _workerId), token)),
        ended: Wake);

    /// <summary>Jobs whose process has said nothing for a lease go back into the queue. Any process does this for all.</summary>
    private async Task TakeBackAsync(CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            DataScope.System,
            """
            UPDATE knowledge_jobs SET status = 'queued', worker_id = NULL, lease_until = NULL, losses = losses + 1
            WHERE id IN (SELECT id FROM knowledge_jobs WHERE status = 'running' AND lease_until < now() FOR UPDATE SKIP LOCKED)
            """,
            null,
            cancellationToken);

    private async Task CheckMineAsync(CancellationToken cancellationToken)
    {
        var mine = _running.All;
        if (mine.Count == 0)
        {
            return;
        }

        var isDue = Time.GetElapsedTime(_renewedAt) >= TimeSpan.FromSeconds(options.Value.LeaseSeconds / 3);
        var kept = await database.QueryAsync<Kept>(
            DataScope.System,
            isDue
                ? "UPDATE knowledge_jobs SET lease_until = now() + make_interval(secs => @Seconds) WHERE id = ANY(@Ids) AND worker_id = @_workerId RETURNING id, attempt"
                : "SELECT id, attempt FROM knowledge_jobs WHERE id = ANY(@Ids) AND worker_id = @_workerId",
            new { Ids = mine.Select(job => job.Id).ToArray(), Seconds = options.Value.LeaseSeconds, _workerId },
            cancellationToken);
        _renewedAt = isDue ? Time.GetTimestamp() : _renewedAt;
        // Queued anew and claimed again by this process, it is there under a later attempt: the run with the earlier one is over.
        foreach (var job in mine.Where(job => !kept.Contains(new Kept { Id = job.Id, Attempt = job.Attempt })))
        {
            _running.Interrupt(job);
        }
    }

    private sealed record Kept
    {
        public Guid Id { get; init; }
        public int Attempt { get; init; }
    }
}

using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>Runs one claimed job to its end: done, failed with a reason, to be tried again, or left to whoever owns it now.</summary>
internal sealed partial class RunJob(IOptions<KnowledgeJobOptions> options, FinishedDocuments finished, ILogger<RunJob> logger)
{
    private const int GrowthOfWaits = 4;

    /// <summary>Never throws: a job that can be ended in no other way is left to the end of its lease.</summary>
    public async Task RunAsync(IJobHandler handler, JobContext context, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(handler, context, cancellationToken);
        }
        catch (JobLostException)
        {
            Log.Lost(logger, context.Job.Id, context.Job.Attempt);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            Log.LeftToLease(logger, exception, context.Job.Id);
        }
        finally
        {
            finished.Look(context.Job.DocumentId);
        }
    }

    private async Task TryAsync(IJobHandler handler, JobContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (context.Job.Losses >= options.Value.MostLosses)
            {
                throw new JobFailedException(KnowledgeReasons.WorkerLost);
            }

            await handler.RunAsync(context, cancellationToken);
            if (!context.IsEnded)
            {
                await EndAsync(context, (_, _) => Task.CompletedTask);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cancelled, replaced or deleted: then the job is not ours and this does nothing. Or this process stops: then others go on.
            await context.ReleaseAsync(TimeSpan.Zero, CancellationToken.None);
        }
        catch (JobFailedException failure)
        {
            Log.Failed(logger, failure.InnerException, context.Job.Id, context.Job.DocumentId, failure.ReasonCode, context.Job.Attempt);
            await EndFailedAsync(handler, context, failure);
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            // The database is away or restarts; nothing is wrong with the document.
            Log.Unexpected(logger, exception, context.Job.Id, context.Job.DocumentId, context.Job.Attempt);
            await context.ReleaseAsync(WaitAfter(1), CancellationToken.None);
        }
        catch (Exception exception) when (exception is not JobLostException)
        {
            Log.Unexpected(logger, exception, context.Job.Id, context.Job.DocumentId, context.Job.Attempt);
            await EndFailedAsync(handler, context, new JobFailedException(KnowledgeReasons.Internal) { IsTransient = true });
        }
    }

    private Task EndFailedAsync(IJobHandler handler, JobContext context, JobFailedException failure) =>
        failure.IsTransient && context.Job.Attempt < options.Value.MostTries
            ? context.ReleaseAsync(failure.RetryAfter ?? WaitAfter(context.Job.Attempt), CancellationToken.None)
            : EndAsync(context, (transaction, token) => handler.FailInTransactionAsync(context, transaction, failure.ReasonCode, token));

    private TimeSpan WaitAfter(int attempt) => TimeSpan.FromSeconds(options.Value.RetrySeconds * Math.Pow(GrowthOfWaits, attempt - 1));

    private static async Task EndAsync(JobContext context, Func<ScopedTransaction, CancellationToken, Task> write)
    {
        await using var transaction = await context.BeginAsync(CancellationToken.None);
        await write(transaction, CancellationToken.None);
        await context.EndInTransactionAsync(transaction, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Ingestion job {JobId} (attempt {Attempt}) is no longer ours; nothing was written")]
        public static partial void Lost(ILogger logger, Guid jobId, int attempt);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ingestion job {JobId} could not be ended and is left to the end of its lease")]
        public static partial void LeftToLease(ILogger logger, Exception exception, Guid jobId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ingestion job {JobId} of document {DocumentId} failed: {ErrorCode} (attempt {Attempt})")]
        public static partial void Failed(ILogger logger, Exception? exception, Guid jobId, Guid? documentId, string errorCode, int attempt);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ingestion job {JobId} of document {DocumentId} failed unexpectedly (attempt {Attempt})")]
        public static partial void Unexpected(ILogger logger, Exception exception, Guid jobId, Guid? documentId, int attempt);
    }
}

namespace Evenkeel.Knowledge.Jobs;

/// <summary>Names of the lanes of <c>knowledge_jobs</c>. Each has its own places, so that slow work of one kind does not hold up the others.</summary>
internal static class JobLane
{
    /// <summary>Reads a document's content into passages.</summary>
    public const string Read = "read";

    /// <summary>Fetches the pages of a web source.</summary>
    public const string Fetch = "fetch";

    /// <summary>Makes vectors of a document's passages.</summary>
    public const string Embed = "embed";
}

/// <summary>A claimed job.</summary>
internal sealed record Job
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid ChatbotId { get; init; }
    public required Guid SourceId { get; init; }

    /// <summary>Null: the job is about the source as a whole.</summary>
    public required Guid? DocumentId { get; init; }
    public required string Lane { get; init; }

    /// <summary>The fencing token: raised with every claim.</summary>
    public required int Attempt { get; init; }

    /// <summary>How often whoever had it was lost.</summary>
    public required int Losses { get; init; }
}

/// <summary>Does the work of a lane. To add a kind of work: one handler, one registration, one lane.</summary>
internal interface IJobHandler
{
    /// <summary>One of <see cref="JobLane"/>.</summary>
    string Lane { get; }

    /// <summary>
    /// Does the work; runs on a quiet thread, may be run again after a crash at any point, and writes through
    /// <see cref="JobContext.BeginAsync"/> only. A job that returns is ended, unless its handler ended it in a transaction of its own.
    /// </summary>
    /// <exception cref="JobFailedException">An expected failure.</exception>
    Task RunAsync(JobContext context, CancellationToken cancellationToken);

    /// <summary>Writes a failure where people see it, in the transaction that ends the job.</summary>
    Task FailInTransactionAsync(JobContext context, Platform.Data.ScopedTransaction transaction, string reasonCode, CancellationToken cancellationToken);
}

/// <summary>An expected failure: what people are told, and whether trying again may help.</summary>
/// <param name="reasonCode">One of <see cref="KnowledgeReasons"/>.</param>
/// <param name="inner">What happened, for the log.</param>
internal sealed class JobFailedException(string reasonCode, Exception? inner = null) : Exception(reasonCode, inner)
{
    public string ReasonCode { get; } = reasonCode;

    /// <summary>Whether it may pass by itself: then the job waits and is run again, a few times.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long to wait at least, where somebody said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The job belongs to somebody else by now, or was cancelled: nothing more may be written for it.</summary>
internal sealed class JobLostException : Exception;

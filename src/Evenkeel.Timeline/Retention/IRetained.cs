namespace Evenkeel.Timeline.Retention;

/// <summary>Rows of a module that are kept for a time, such as aggregates. Registered as a singleton; one process at a time is asked, every few minutes.</summary>
public interface IRetained
{
    /// <summary>
    /// Deletes a bounded batch of rows that are over their time; asked again at once until there are none. A statement takes less than a second.
    /// </summary>
    /// <param name="cutoffs">What is older than these is over its time.</param>
    /// <param name="cancellationToken">The server stops.</param>
    /// <returns>Rows deleted.</returns>
    Task<int> DeleteBatchAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken);
}

/// <summary>What is older is over its time.</summary>
/// <param name="Debug">Detail.</param>
/// <param name="Event">What happened.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Aggregates">What was computed of it.</param>
public sealed record RetentionCutoffs(DateTimeOffset Debug, DateTimeOffset Event, DateTimeOffset Error, DateTimeOffset Aggregates)
{
    /// <summary>As the settings say, now.</summary>
    public static RetentionCutoffs Of(TimelineOptions options, DateTimeOffset now) => new(
        now.AddHours(-options.DebugRetentionHours), now.AddHours(-options.RetentionHours), now.AddHours(-options.ErrorRetentionHours),
        now.AddHours(-options.AggregateRetentionHours));

    /// <summary>Of one of <see cref="Contracts.Timeline.RetentionClass"/>.</summary>
    public DateTimeOffset Of(string retention) => retention switch
    {
        Contracts.Timeline.RetentionClass.Debug => Debug,
        Contracts.Timeline.RetentionClass.Error => Error,
        _ => Event,
    };
}

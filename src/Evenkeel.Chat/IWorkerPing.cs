namespace Evenkeel.Chat;

/// <summary>Asks workers whether they do anything: one that hangs still has its row and its lock.</summary>
public interface IWorkerPing
{
    /// <summary>
    /// Asks all workers of the installation and waits until each has answered, which takes a worker about a second, or <paramref name="patience"/> is over.
    /// </summary>
    Task<IReadOnlyList<PingedWorker>> RunAsync(TimeSpan patience, CancellationToken cancellationToken);
}

/// <summary>What became of the question.</summary>
/// <param name="Id">The worker.</param>
/// <param name="StartedAt">When it registered.</param>
/// <param name="SeenAt">Its last heartbeat.</param>
/// <param name="RunningTurns">Turns that it runs.</param>
/// <param name="Answer">How long it took to answer; null = it did not.</param>
public sealed record PingedWorker(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, int RunningTurns, TimeSpan? Answer);

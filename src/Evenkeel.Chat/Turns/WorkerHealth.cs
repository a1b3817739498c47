using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Whether anybody runs turns, and how the model endpoints are for those who do, as they last told (<see cref="TellOfModels"/>): where several workers
/// call the same endpoint, the worst of what they met.
/// </summary>
/// <param name="database">Where workers tell.</param>
/// <param name="models">How they are for this process, where it runs turns: known at once.</param>
/// <param name="time">Clock.</param>
/// <param name="options">How old a worker's sign of life may be.</param>
/// <param name="own">Null where this process runs no turns.</param>
internal sealed class WorkerHealth(
    Database database, IModelEndpoints models, TimeProvider time, IOptions<ChatOptions> options, WorkerIdentity? own = null) : IHealthContributor
{
    /// <summary>A server that has just started is about to have a worker.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();

    public string Name => "workers";

    public bool NeedsDatabase => true;

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (asker == HealthAsker.Doctor)
        {
            // It starts nothing, and the workers it would look for may be about to be started.
            return [];
        }

        var told = await database.QueryAsync<Worker>(
            DataScope.System,
            "SELECT id, model_endpoints::text AS endpoints FROM workers WHERE seen_at > now() - make_interval(secs => @Seconds) ORDER BY started_at",
            new { Seconds = (double)options.Value.LeaseSeconds },
            cancellationToken);
        return told.Count > 0 ? [HealthCheck.Ok(Name, told.Count == 1 ? "1 worker runs turns" : $"{told.Count} workers run turns"), .. Endpoints(told)]
            : time.GetElapsedTime(_startedAt) < Beginning ? [HealthCheck.Ok(Name, "no worker yet")]
            : [HealthCheck.Degraded(
                Name, "no worker runs turns", "Start one: evenkeel worker, or a server whose Roles name worker. Messages are kept until then, and answered in their order.")];
    }

    private IEnumerable<HealthCheck> Endpoints(IEnumerable<Worker> told) => told
        .SelectMany(worker => worker.Id == own?.Id ? models.All : JsonSerializer.Deserialize<ModelEndpointState[]>(worker.Endpoints, Wire.Json)!)
        .GroupBy(endpoint => (endpoint.Check, endpoint.Name, endpoint.Model))
        .OrderBy(same => same.Key.Check, StringComparer.Ordinal)
        .Select(same => (same.MinBy(Rank)! with { RecentFailures = same.Sum(endpoint => endpoint.RecentFailures) }).ToCheck());

    private static int Rank(ModelEndpointState endpoint) => endpoint.State switch { BreakerState.Open => 0, BreakerState.HalfOpen => 1, _ => 2 };

    private sealed record Worker
    {
        public required Guid Id { get; init; }
        public required string Endpoints { get; init; }
    }
}

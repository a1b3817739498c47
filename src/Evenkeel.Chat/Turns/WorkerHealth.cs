using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Turns;

/// <summary>How the model endpoints are for the workers, as they last told (<see cref="TellOfModels"/>).</summary>
internal sealed class WorkerModels(Database database, IOptions<ChatOptions> options) : IHealthContributor
{
    public string Name => "worker_models";

    public bool NeedsDatabase => true;

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            DataScope.System,
            "SELECT id, model_endpoints::text AS endpoints FROM workers WHERE seen_at > now() - make_interval(secs => @Seconds) ORDER BY started_at",
            new { Seconds = (double)options.Value.LeaseSeconds },
            cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var workers = rows.Select(row => (row.Id, Endpoints: JsonSerializer.Deserialize<WorkerEndpoint[]>(row.Endpoints, Wire.Json)!)).ToArray();
        var details = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["workers"] = workers.Select(worker => new { worker = worker.Id, model_endpoints = worker.Endpoints }).ToArray(),
        };
        var failing = workers.SelectMany(worker => worker.Endpoints).Where(endpoint => endpoint.Breaker != WorkerEndpoint.Closed).ToArray();
        return
        [
            failing.Length == 0
                ? HealthCheck.Ok(Name, $"{workers.Length} {(workers.Length == 1 ? "worker calls" : "workers call")} every model") with { Details = details }
                : HealthCheck.Degraded(
                    Name, $"passed over: {string.Join(", ", failing.Select(endpoint => $"{endpoint.Model} at {endpoint.Endpoint} ({endpoint.LastErrorCode})").Distinct(StringComparer.Ordinal))}",
                    "Answers come from the next model or the documents until it works again, which is tried by itself. Look whether the endpoint answers from the worker's machine.") with { Details = details },
        ];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Endpoints { get; init; } = "[]";
    }
}

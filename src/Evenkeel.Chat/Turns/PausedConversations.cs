using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;

namespace Evenkeel.Chat.Turns;

/// <summary>How many conversations' breakers are open, for operators.</summary>
internal sealed class PausedConversations(Database database) : IHealthContributor
{
    public string Name => "conversation_breakers";

    public bool NeedsDatabase => true;

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        var counts = await database.QueryFirstOrDefaultAsync<Counts>(
            DataScope.System,
            """
            SELECT count(*) FILTER (WHERE breaker_open_until > now()) AS open, count(*) FILTER (WHERE breaker_open_until <= now()) AS half_open
            FROM conversations WHERE breaker_open_until IS NOT NULL AND deleted_at IS NULL
            """,
            null,
            cancellationToken) ?? new Counts();
        var details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["open"] = counts.Open, ["half_open"] = counts.HalfOpen };
        return
        [
            counts.Open == 0
                ? HealthCheck.Ok(Name, "no conversation is paused") with { Details = details }
                : HealthCheck.Degraded(Name, $"{counts.Open} paused after repeated failures", "See the model's own check, and the timeline of a failed turn for its error.") with { Details = details },
        ];
    }

    private sealed record Counts
    {
        public long Open { get; init; }
        public long HalfOpen { get; init; }
    }
}

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
        // Never "degraded": a conversation that pauses itself is this part at work, and says nothing about the server for everybody else.
        var found = counts.Open == 0 ? "no conversation is paused" : $"{counts.Open} paused after repeated failures; their timelines say why";
        return [HealthCheck.Ok(Name, found) with { Details = details }];
    }

    private sealed record Counts
    {
        public long Open { get; init; }
        public long HalfOpen { get; init; }
    }
}

using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Accounts;
using Evenkeel.Tests.Harness;
using Evenkeel.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>Short ways to make, write and count entries.</summary>
internal static class TimelineEntries
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TimelineEntry Of(Guid organizationId, Guid sessionId, Guid? turnId = null, string type = TimelineEventType.AgentThinking) => new()
    {
        OrganizationId = organizationId,
        SessionId = sessionId,
        TurnId = turnId,
        EventType = type,
        EventStatus = TimelineEventStatus.Started,
        Timestamp = DateTimeOffset.UnixEpoch.AddYears(50),
    };

    public static ITimeline Timeline(this AccountsServer server) => server.Services.GetRequiredService<ITimeline>();

    public static Task AppendAsync(AccountsServer server, params TimelineEntry[] entries) =>
        AppendAsync(server, DataScope.Organization(entries[0].OrganizationId), entries);

    public static async Task AppendAsync(AccountsServer server, DataScope scope, IReadOnlyList<TimelineEntry> entries)
    {
        await using var batch = server.Database.CreateBatch(scope);
        server.Timeline().AppendInTransaction(batch, entries);
        await batch.ExecuteAsync(Stop);
    }

    /// <summary>What was written for a session: numbers and types, ascending.</summary>
    public static async Task<IReadOnlyList<(long Seq, string Type)>> WrittenAsync(AccountsServer server, Guid sessionId)
    {
        var rows = await server.Database.QueryAsync<Row>(
            DataScope.System, "SELECT seq, event_type FROM chat_events WHERE session_id = @sessionId ORDER BY seq", new { sessionId }, Stop);
        return [.. rows.Select(row => (row.Seq, row.EventType))];
    }

    /// <summary>Makes the days of every class, one class in a transaction; waits for readers of the timeline as often as it takes.</summary>
    public static async Task EnsureDaysAsync(Database database, DateTimeOffset first, int days)
    {
        foreach (var retention in new[] { RetentionClass.Event, RetentionClass.Debug, RetentionClass.Error })
        {
            await Eventually.HoldAsync("partitions", async () =>
            {
                try
                {
                    await database.QueryAsync<int>(
                        DataScope.System, "SELECT ensure_chat_event_partitions(@retention, @first::date, @days)",
                        new { retention, first = first.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), days }, Stop);
                    return true;
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    return false;
                }
            });
        }
    }

    /// <summary>As the owner, who may change tables and sees through no policy either.</summary>
    public static async Task ExecuteAsOwnerAsync(AccountsServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public string EventType { get; init; } = "";
    }
}

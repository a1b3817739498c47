using System.Runtime.CompilerServices;
using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Retention;

/// <summary>What is to be exported.</summary>
public sealed record ExportFilter
{
    /// <summary>Types and statuses.</summary>
    public EventSelection Selection { get; init; } = EventSelection.All;

    /// <summary>Null = all.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Inclusive; null = from the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive; null = all there are.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Reads stored events one after another, however many.</summary>
internal sealed class ReadStored(Database database)
{
    /// <summary>A slice in no particular order.</summary>
    public IAsyncEnumerable<StoredEvent> SliceAsync(EventSlice slice, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        return RunAsync(DataScope.System, $"{EventSelection.All.Condition(slice, parameters)} AND {KeepPinned.NotPinned}", "", parameters, cancellationToken);
    }

    /// <summary>What matches, by session and number where one session is asked for, otherwise in the order of storage.</summary>
    public IAsyncEnumerable<StoredEvent> MatchingAsync(DataScope scope, ExportFilter filter, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("from", (filter.From ?? DateTimeOffset.MinValue).UtcDateTime);
        parameters.Add("to", (filter.To ?? DateTimeOffset.MaxValue).UtcDateTime);
        parameters.Add("types", filter.Selection.Types.ToArray());
        parameters.Add("statuses", filter.Selection.Statuses.ToArray());
        var condition =
            """
            c.occurred_at >= @from AND c.occurred_at < @to AND (cardinality(@types) = 0 OR c.event_type = ANY (@types))
            AND (cardinality(@statuses) = 0 OR c.event_status = ANY (@statuses))
            """;
        if (filter.SessionId is { } session)
        {
            parameters.Add("session", session);
            return RunAsync(scope, condition + " AND c.session_id = @session", "ORDER BY c.seq", parameters, cancellationToken);
        }

        return RunAsync(scope, condition, "", parameters, cancellationToken);
    }

    private async IAsyncEnumerable<StoredEvent> RunAsync(
        DataScope scope, string condition, string order, DynamicParameters parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(scope, cancellationToken);
        await using var reader = await transaction.Connection.ExecuteReaderAsync(
            new CommandDefinition($"SELECT {StoredEvent.Columns} FROM chat_events c WHERE {condition} {order}", parameters, transaction.Transaction, cancellationToken: cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return StoredEvent.Read(reader);
        }
    }
}

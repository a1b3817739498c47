using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Chat.Feedback;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chat.Operations;

/// <summary>An organization's turns, newest first, and one of them with its timeline.</summary>
internal sealed class ListTurns(Database database, ISessionRecords records, FeedbackOfTurns feedback)
{
    private const string Columns =
        $"""
        t.id, t.conversation_id AS thread_id, t.chatbot_id, t.message_id, t.correlation_id, t.status, t.error_code, t.model, t.attempt, t.worker_id, t.queued_at, t.started_at,
        t.ended_at, {FeedbackOfTurns.Column}
        """;

    /// <summary><c>GET /api/v1/admin/turns</c>.</summary>
    public static async Task<Results<Ok<Page<TurnSummary>>, ErrorResult>> HandleAsync(
        [AsParameters] TurnQuery query, [AsParameters] PageRequest page, Caller caller, ListTurns turns, CancellationToken cancellationToken)
    {
        var filter = query.ToFilter();
        if (TurnFilter.Problems(filter) is { Count: > 0 } problems)
        {
            return new ErrorResult(Error.Invalid(problems));
        }

        return page.Read().TryGet(out var start, out var error)
            ? TypedResults.Ok(await turns.RunAsync(caller.OrganizationId, filter, start, cancellationToken))
            : new ErrorResult(error);
    }

    /// <summary><c>GET /api/v1/admin/turns/{id}</c>.</summary>
    public static async Task<Results<Ok<TurnRecord>, ErrorResult>> ReadAsync(
        Guid id, HttpContext context, Caller caller, ListTurns turns, CancellationToken cancellationToken) =>
        await turns.FindAsync(caller, id, RequestLanguage.Of(context), cancellationToken) is { } record
            ? TypedResults.Ok(record)
            : new ErrorResult(Error.NotFound);

    private async Task<Page<TurnSummary>> RunAsync(Guid organizationId, BulkFilter filter, PageStart start, CancellationToken cancellationToken)
    {
        var args = new DynamicParameters(TurnFilter.Args(filter));
        args.AddDynamicParams(new { organizationId, before = start.After == Guid.Empty ? (Guid?)null : start.After, most = start.Limit + 1 });
        var rows = await database.QueryAsync<TurnSummary>(
            DataScope.Organization(organizationId),
            $"""
            SELECT {Columns} FROM turns t
            WHERE t.organization_id = @organizationId AND (@before::uuid IS NULL OR t.id < @before) AND {TurnFilter.Condition}
            ORDER BY t.id DESC LIMIT @most
            """,
            args,
            cancellationToken);
        var items = await WithPinsAsync(organizationId, [.. rows.Take(start.Limit)], cancellationToken);
        return new Page<TurnSummary>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null);
    }

    private async Task<TurnRecord?> FindAsync(Caller caller, Guid id, string language, CancellationToken cancellationToken)
    {
        var row = await database.QueryFirstOrDefaultAsync<TurnSummary>(
            DataScope.Organization(caller.OrganizationId), $"SELECT {Columns} FROM turns t WHERE t.id = @id", new { id }, cancellationToken);
        return row is null ? null : new TurnRecord
        {
            Turn = (await WithPinsAsync(caller.OrganizationId, [row], cancellationToken))[0],
            Feedback = row.Feedback is null ? null : await feedback.FindAsync(caller, id, cancellationToken),
            Events = await records.ReadAsync(caller.OrganizationId, row.ThreadId, row.Id, language, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<TurnSummary>> WithPinsAsync(Guid organizationId, IReadOnlyList<TurnSummary> turns, CancellationToken cancellationToken)
    {
        var pinned = await records.PinnedAsync(organizationId, [.. turns.Select(turn => turn.ThreadId).Distinct()], cancellationToken);
        return pinned.Count == 0 ? turns : [.. turns.Select(turn => turn with { IsPinned = pinned.Contains(turn.ThreadId) })];
    }
}

using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Webhooks;

/// <summary><c>POST /api/v1/admin/webhooks/{id}/replay</c>: a session's events are sent again, and what follows them as ever.</summary>
internal sealed class ReplayEvents(Database database, WebhookSignal signal, IAudit audit)
{
    // What is on its way loses its hold on the queue: the events behind the number are sent anew, in batches of their own.
    private const string Replay =
        """
        INSERT INTO webhook_queue AS q (webhook_id, session_id, organization_id, from_seq, to_seq)
        SELECT @id, s.session_id, s.organization_id, @afterSeq + 1, s.last_seq FROM timeline_sessions s
        WHERE s.session_id = @session AND s.organization_id = @OrganizationId AND s.last_seq > @afterSeq
        ON CONFLICT (webhook_id, session_id) DO UPDATE SET
            from_seq = least(q.from_seq, excluded.from_seq), to_seq = greatest(q.to_seq, excluded.to_seq),
            batch_id = NULL, batch_to_seq = NULL, tries = 0, next_try_at = '-infinity', leased_until = NULL
        """;

    public static async Task<Results<Accepted<EventWebhook>, ErrorResult>> HandleAsync(
        Guid id, ReplayRequest request, Caller caller, ReplayEvents replay, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (request.SessionId is null)
        {
            problems.Add(FieldProblem.Required("session_id"));
        }

        if (request.AfterSeq is < 0)
        {
            problems.Add(new FieldProblem("after_seq", "It must not be negative.", "不能为负数。"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        return await replay.RunAsync(id, request, caller, cancellationToken) is { } webhook
            ? TypedResults.Accepted((string?)null, webhook)
            : (ErrorResult)Error.NotFound;
    }

    /// <summary>Null when there is no such webhook or session.</summary>
    private async Task<EventWebhook?> RunAsync(Guid id, ReplayRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var scope = DataScope.Organization(caller.OrganizationId);
        var args = new { id, session = request.SessionId, afterSeq = request.AfterSeq ?? 0, caller.OrganizationId };
        if (await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is null
            || await database.QueryFirstOrDefaultAsync<int?>(scope, "SELECT 1 FROM timeline_sessions WHERE session_id = @session", args, cancellationToken) is null)
        {
            return null;
        }

        var record = AuditRecord.Of(caller, "webhook.replayed", id.ToString(), new { request.SessionId, args.afterSeq });
        await audit.ChangeAsync(scope, (Replay, args), record, cancellationToken);
        signal.Notice();
        return await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken);
    }
}

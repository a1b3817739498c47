using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Accounts.Audit;

/// <summary><c>GET /api/v1/admin/audit</c>: what was changed, newest first.</summary>
internal static class ListAuditEntries
{
    private const int MostActionCharacters = 64;

    public static async Task<Results<Ok<Page<AuditEntry>>, ErrorResult>> HandleAsync(
        [AsParameters] PageRequest page, [FromQuery(Name = "action")] string? action, Caller caller, Database database, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        action = TextField.Line(problems, "action", action, MostActionCharacters);
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        // Ids are made in the order of time.
        var rows = await database.QueryAsync<EntryRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT a.id, a.created_at, a.actor_kind, a.actor_id, a.action, a.target, a.data::text AS data,
                   coalesce(u.display_name, k.name) AS actor_name
            FROM audit_entries a
            LEFT JOIN users u ON a.actor_kind = 'person' AND u.id = a.actor_id
            LEFT JOIN api_keys k ON a.actor_kind = 'key' AND k.id = a.actor_id
            WHERE a.organization_id = @OrganizationId {(string.IsNullOrEmpty(action) ? "" : "AND a.action = @action")}
              {(start.After == Guid.Empty ? "" : "AND a.id < @After")}
            ORDER BY a.id DESC LIMIT @Rows
            """,
            new { caller.OrganizationId, action, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<AuditEntry>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    private sealed record EntryRow
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required string ActorKind { get; init; }
        public Guid? ActorId { get; init; }
        public string? ActorName { get; init; }
        public required string Action { get; init; }
        public string? Target { get; init; }
        public string? Data { get; init; }

        // Whoever is gone is known by kind and id.
        public AuditEntry ToWire() => new()
        {
            Id = Id,
            At = CreatedAt,
            UserId = ActorKind == "person" ? ActorId : null,
            Actor = ActorName ?? (ActorId is null ? ActorKind : $"{ActorKind} {ActorId}"),
            Action = Action,
            Target = Target,
            Data = Data is null ? null : JsonSerializer.Deserialize<JsonElement>(Data),
        };
    }
}

using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Accounts.Credits;

/// <summary><c>GET /api/v1/credits/entries</c>: the ledger, newest first.</summary>
internal static class ListCreditEntries
{
    private const string Columns =
        """
        id, kind, amount, is_metered, turn_id, conversation_id AS thread_id, price, model, input_tokens, output_tokens, note, actor AS actor_id, created_at
        """;

    public static async Task<Results<Ok<Page<CreditEntry>>, ErrorResult>> HandleAsync(
        [AsParameters] PageRequest page, [FromQuery(Name = "turn_id")] Guid? turnId, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        // A turn has two entries at most, and an index of its own; its filter must not stand in the way of reading by id.
        var rows = await database.QueryAsync<EntryRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {Columns} FROM credit_ledger
            WHERE organization_id = @OrganizationId {(turnId is null ? "" : "AND turn_id = @turnId AND kind IN ('hold', 'settle', 'release')")}
              {(start.After == Guid.Empty ? "" : "AND id < @After")}
            ORDER BY id DESC LIMIT @Rows
            """,
            new { caller.OrganizationId, turnId, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<CreditEntry>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    private sealed record EntryRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required long Amount { get; init; }
        public required bool IsMetered { get; init; }
        public Guid? TurnId { get; init; }
        public Guid? ThreadId { get; init; }
        public long? Price { get; init; }
        public string? Model { get; init; }
        public int? InputTokens { get; init; }
        public int? OutputTokens { get; init; }
        public string? Note { get; init; }
        public Guid? ActorId { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }

        public CreditEntry ToWire() => new()
        {
            Id = Id,
            Kind = Kind,
            Amount = CreditAmount.ToCredits(Amount),
            IsMetered = IsMetered,
            TurnId = TurnId,
            ThreadId = ThreadId,
            Price = Price is { } price ? CreditAmount.ToCredits(price) : null,
            Model = Model,
            InputTokens = InputTokens,
            OutputTokens = OutputTokens,
            Note = Note,
            ActorId = ActorId,
            CreatedAt = CreatedAt,
        };
    }
}

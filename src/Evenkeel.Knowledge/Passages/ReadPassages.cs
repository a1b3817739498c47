using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Passages;

/// <summary><c>GET …/documents/{document_id}/passages</c> in the document's order, and <c>GET /api/v1/passages/{id}</c>.</summary>
internal static class ReadPassages
{
    private const string Query = """
        SELECT passage.id, document.source_id, passage.document_id, document.title, passage.heading_path, passage.text, passage.language, passage.ordinal, passage.place,
            document.url
        FROM knowledge_passages AS passage
        JOIN knowledge_documents AS document ON document.id = passage.document_id AND document.revision = passage.revision AND document.deleted_at IS NULL
        JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        """;

    public static async Task<Results<Ok<Page<Passage>>, ErrorResult>> ListAsync(
        [AsParameters] DocumentRoute route, [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.ReadOrdinal().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<PassageRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            {Query} WHERE passage.document_id = @DocumentId AND document.source_id = @SourceId AND document.chatbot_id = @Id
                AND passage.ordinal > @After ORDER BY passage.ordinal LIMIT @Rows
            """,
            new { route.DocumentId, route.SourceId, route.Id, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        // None on the first page: there is no such document, or nothing of it has been read yet.
        if (rows.Count == 0 && start.After < 0 && !await ExistsAsync(route, caller, database, cancellationToken))
        {
            return (ErrorResult)Error.NotFound;
        }

        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<Passage>(items, rows.Count > start.Limit ? items[^1].Ordinal.ToString() : null));
    }

    public static async Task<Results<Ok<Passage>, ErrorResult>> GetAsync(
        Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await database.QueryFirstOrDefaultAsync<PassageRow>(
            DataScope.Organization(caller.OrganizationId),
            $"{Query} JOIN chatbots ON chatbots.id = passage.chatbot_id AND chatbots.deleted_at IS NULL WHERE passage.id = @id",
            new { id },
            cancellationToken) is { } row
            ? TypedResults.Ok(row.ToWire())
            : (ErrorResult)Error.NotFound;

    private static Task<bool> ExistsAsync(DocumentRoute route, Caller caller, Database database, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<bool>(
            DataScope.Organization(caller.OrganizationId),
            $"SELECT true FROM knowledge_documents AS document WHERE {DocumentRow.IsThere}",
            route,
            cancellationToken);

    private sealed record PassageRow
    {
        public Guid Id { get; init; }
        public Guid SourceId { get; init; }
        public Guid DocumentId { get; init; }
        public string Title { get; init; } = "";
        public string[] HeadingPath { get; init; } = [];
        public string Text { get; init; } = "";
        public string Language { get; init; } = "";
        public int Ordinal { get; init; }
        public string? Place { get; init; }
        public string? Url { get; init; }

        public Passage ToWire() => new()
        {
            Id = Id,
            SourceId = SourceId,
            DocumentId = DocumentId,
            Title = Title,
            HeadingPath = HeadingPath,
            Text = Text,
            Language = Language,
            Ordinal = Ordinal,
            Place = ReadPlace(),
            Url = Url is null ? null : ReadPlace()?.Anchor is { } anchor ? $"{Url}#{Uri.EscapeDataString(anchor)}" : Url,
        };

        private PassagePlace? ReadPlace() => Place is null ? null : JsonSerializer.Deserialize<PassagePlace>(Place, Wire.Json);
    }
}

using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Npgsql;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>The requests that tests of imports make, and what they look for in the database.</summary>
internal static class ImportClient
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="http">Whose.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="text">Its content, in UTF-8.</param>
    /// <param name="query">Without the question mark.</param>
    public static async Task<ImportReport> ImportAsync(this HttpClient http, string file, string text, string query = "") =>
        await (await http.SendFileAsync(file, Encoding.UTF8.GetBytes(text), query)).ReadAsync<ImportReport>();

    public static Task<HttpResponseMessage> SendFileAsync(this HttpClient http, string file, byte[] content, string query = "")
    {
        var part = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return http.PostAsync(new Uri($"/api/v1/events/import?{query}", UriKind.Relative), new MultipartFormDataContent { { part, "file", file } }, Cancelled);
    }

    /// <summary>The file as the body itself.</summary>
    public static Task<HttpResponseMessage> SendBodyAsync(this HttpClient http, string text, string query = "") =>
        http.PostAsync(new Uri($"/api/v1/events/import?{query}", UriKind.Relative), new StringContent(text, Encoding.UTF8, "text/plain"), Cancelled);

    public static Task<IReadOnlyList<StoredRow>> EventsAsync(this TestServer server, TestAccount account) => server.QueryAsync<StoredRow>(
        """
        SELECT event.key, event.title, event.description, event.starts_at, event.ends_at, event.all_day, event.time_zone, event.is_virtual, event.url,
            event.categories, event.languages, location.name AS place
        FROM catalogue_events AS event LEFT JOIN locations AS location ON location.id = event.location_id
        WHERE event.organization_id = @organization ORDER BY event.starts_at, event.key
        """,
        account);

    public static async Task<long> CountAsync(this TestServer server, TestAccount account, string table) =>
        (await server.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE organization_id = @organization", account))[0];

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this TestServer server, string sql, TestAccount account)
    {
        await using var source = NpgsqlDataSource.Create(server.Database.AdministratorConnectionString);
        await using var connection = await source.OpenConnectionAsync(Cancelled);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, new { organization = account.SignedIn.Organization.Id }, cancellationToken: Cancelled))];
    }
}

/// <summary>An event as it is stored.</summary>
internal sealed record StoredRow
{
    public string Key { get; init; } = "";
    public string Title { get; init; } = "";
    public string Description { get; init; } = "";
    public DateTime StartsAt { get; init; }
    public DateTime EndsAt { get; init; }
    public bool AllDay { get; init; }
    public string TimeZone { get; init; } = "";
    public bool IsVirtual { get; init; }
    public string? Url { get; init; }
    public string[] Categories { get; init; } = [];
    public string[] Languages { get; init; } = [];
    public string? Place { get; init; }
}

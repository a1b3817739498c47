using Evenkeel.Platform.Data;
using Evenkeel.Search.Catalogue.Meaning;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Search.Catalogue.Postgres;

/// <summary>Searches in the database; needs nothing else, and is what is left when anything else is away.</summary>
internal sealed class PostgresEventBackend(Database database, PostgresEventIndex index) : IEventBackend
{
    /// <summary>Changes that a search takes in before it looks, so that people see what they have just done. More are left to the loop: an import is under way.</summary>
    private const int MostWaited = 200;

    public string Name => "postgresql";

    public async Task<EventMatches> SearchAsync(EventConditions conditions, CancellationToken cancellationToken)
    {
        var (matches, waiting) = await FindAsync(conditions, cancellationToken);
        return waiting is > 0 and <= MostWaited && await index.ApplyChangesAsync(conditions.OrganizationId, isWaiting: true, cancellationToken) > 0
            ? (await FindAsync(conditions, cancellationToken)).Matches
            : matches;
    }

    public Task<int> ApplyChangesAsync(Guid organizationId, CancellationToken cancellationToken) =>
        index.ApplyChangesAsync(organizationId, isWaiting: false, cancellationToken);

    public Task<RebuildState> StartRebuildAsync(Guid organizationId, CancellationToken cancellationToken) =>
        index.StartRebuildAsync(organizationId, cancellationToken);

    public Task<bool> ContinueRebuildAsync(Guid organizationId, CancellationToken cancellationToken) =>
        index.ContinueRebuildAsync(organizationId, cancellationToken);

    public Task<RebuildState> RebuildStateAsync(Guid organizationId, CancellationToken cancellationToken) =>
        index.RebuildStateAsync(organizationId, cancellationToken);

    private async Task<(EventMatches Matches, int Waiting)> FindAsync(EventConditions conditions, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(conditions.OrganizationId), isRepeatable: true).Add(
            """
            SELECT total, is_widened, ids, upcoming, scores, vectors, category_counts::text, country_counts::text, month_counts::text, virtual_counts::text, waiting
            FROM find_events($1::tsquery, $2::tsquery, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::bit varying, $13, $14, $15)
            """,
            Sql.Text(TermsQuery(conditions.Terms, " & ")), Sql.Text(conditions.Terms.Count > 1 ? TermsQuery(conditions.Terms, " | ") : null),
            Many(conditions.LocationIds, NpgsqlDbType.Uuid), Day(conditions.From), Day(conditions.To), Many(conditions.Categories, NpgsqlDbType.Text),
            Many(conditions.Countries, NpgsqlDbType.Text), Nullable(conditions.Virtual, NpgsqlDbType.Boolean), Many(conditions.OnlyEvents, NpgsqlDbType.Uuid),
            Day(conditions.Today), Sql.Value(conditions.Most), Sql.Text(conditions.Meaning is { } meaning ? VectorSignature.Of(meaning.Numbers) : null),
            Sql.Text(conditions.Meaning?.Space),
            Nullable(conditions.Meaning is { } least ? VectorSignature.MostDiffering(least.LeastSimilarity) : null, NpgsqlDbType.Double), Sql.Value(conditions.CountsFacets));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        string? Counts(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        var matches = new EventMatches
        {
            Backend = Name,
            Total = reader.GetInt32(0),
            HasEveryWord = !reader.GetBoolean(1),
            EventIds = reader.GetFieldValue<Guid[]>(2),
            Upcoming = reader.GetInt32(3),
            Scores = EventMatches.Relative(reader.GetFieldValue<float[]>(4), conditions.Terms.Count > 0),
            Vectors = reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]?[]>(5),
            Facets = FacetsOf.Counts(FacetsOf.Numbers(Counts(6)), FacetsOf.Labelled(Counts(7)), FacetsOf.Numbers(Counts(8)), FacetsOf.Numbers(Counts(9))),
        };
        return (matches, reader.GetInt32(10));
    }

    /// <summary>Terms are hexadecimal numbers: nothing in them has to be escaped.</summary>
    private static string? TermsQuery(IReadOnlyList<IReadOnlyList<string>> terms, string between) =>
        terms.Count == 0 ? null : string.Join(between, terms.Select(forms => $"({string.Join(" | ", forms.Select(form => $"'{form}'"))})"));

    private static NpgsqlParameter Many<T>(IReadOnlyList<T>? values, NpgsqlDbType type) => Nullable(values?.ToArray(), NpgsqlDbType.Array | type);

    private static NpgsqlParameter Day(DateOnly? day) => Nullable(day, NpgsqlDbType.Date);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

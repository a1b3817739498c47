using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Npgsql;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>What becomes of an event of a file.</summary>
/// <param name="Draft">As it is to be.</param>
/// <param name="Hash">Of what is given.</param>
/// <param name="Fields">What differs from the event there is; null where there is none, empty where nothing does.</param>
internal sealed record EventPlan(EventDraft Draft, byte[] Hash, IReadOnlyList<string>? Fields)
{
    public bool IsChange => Fields is not { Count: 0 };
}

/// <summary>Writes events in one transaction, or only finds out what it would do: both compare the same way, the dry run leaves out one statement.</summary>
internal sealed class WriteBatch(Database database, IdSource ids, TimeProvider time)
{
    /// <summary>Who takes changes out of the outbox locks rows in another order: whoever loses begins again.</summary>
    private const int MostAttempts = 5;
    private const string Between = "\u001f";

    // One look into the index of keys for each: while a table grows faster than its statistics, the planner takes any other way for cheap, such as
    // reading all events of the organization for every batch.
    private const string Stored = $"""
        SELECT event.* FROM unnest(@keys) AS given (key) CROSS JOIN LATERAL (
            SELECT {StoredEvent.Columns} FROM catalogue_events WHERE organization_id = @organizationId AND key = given.key LIMIT 1) AS event
        """;

    /// <returns>What became of each, in the order given.</returns>
    public Task<IReadOnlyList<EventPlan>> RunAsync(Guid organizationId, IReadOnlyList<EventDraft> drafts, bool dryRun, CancellationToken cancellationToken) =>
        AgainAfterDeadlocksAsync(async () =>
        {
            await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
            var plans = await InTransactionAsync(transaction, organizationId, drafts, dryRun, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return plans;
        });

    /// <summary>Does again what the database rolled back as a whole.</summary>
    public static async Task<T> AgainAfterDeadlocksAsync<T>(Func<Task<T>> tryAsync)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await tryAsync();
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < MostAttempts)
            {
                // Rolled back as a whole.
            }
        }
    }

    /// <summary>The same in a transaction that the caller commits.</summary>
    public async Task<IReadOnlyList<EventPlan>> InTransactionAsync(
        ScopedTransaction transaction, Guid organizationId, IReadOnlyList<EventDraft> drafts, bool dryRun, CancellationToken cancellationToken)
    {
        if (drafts.Count == 0)
        {
            return [];
        }

        var rows = await transaction.Connection.QueryAsync<StoredEvent>(new CommandDefinition(
            Stored,
            new { organizationId, keys = drafts.Select(draft => draft.Row.Key).ToArray() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        var stored = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        var plans = drafts.Select(draft => Compare(draft, stored.GetValueOrDefault(draft.Row.Key))).ToList();
        var changes = plans.FindAll(plan => plan.IsChange);
        if (dryRun || changes.Count == 0)
        {
            return plans;
        }

        var written = await UpsertAsync(transaction, organizationId, changes, cancellationToken);
        return plans.ConvertAll(plan => !plan.IsChange ? plan : written.TryGetValue(plan.Draft.Row.Key, out var isNew)
            // Somebody may have made or removed it in between.
            ? plan with { Fields = isNew ? null : plan.Fields ?? ["title"] }
            : plan with { Fields = [] });
    }

    private static EventPlan Compare(EventDraft draft, StoredEvent? stored)
    {
        const int mostCategories = 20;
        var merged = stored is null || !draft.Row.AddsCategories ? draft
            : draft with { Categories = [.. draft.Row.Categories.Union(stored.Categories, StringComparer.Ordinal).Take(mostCategories).Order(StringComparer.Ordinal)] };
        var hash = ContentHash.Of(merged);
        return new EventPlan(merged, hash, stored is null ? null : stored.ContentHash.AsSpan().SequenceEqual(hash) ? [] : [.. merged.Differences(stored)]);
    }

    private async Task<Dictionary<string, bool>> UpsertAsync(
        ScopedTransaction transaction, Guid organizationId, List<EventPlan> plans, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection.QueryAsync<(string Key, bool IsNew)>(new CommandDefinition(
            """
            INSERT INTO catalogue_events AS event (id, organization_id, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on,
                time_zone, location_id, is_virtual, url, categories, languages, content_hash, created_at, updated_at)
            SELECT id, @organizationId, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on,
                time_zone, location_id, is_virtual, url, string_to_array(categories, @between), string_to_array(languages, @between), content_hash, @now, @now
            FROM unnest(@ids, @keys, @titles, @descriptions, @starts, @ends, @allDay, @firstDays, @lastDays, @zones, @locations, @virtuals, @urls,
                @categories, @languages, @hashes)
                AS given (id, key, title, description, starts_at, ends_at, all_day, starts_on, ends_on, time_zone, location_id, is_virtual, url,
                categories, languages, content_hash)
            ON CONFLICT (organization_id, key) DO UPDATE SET
                title = excluded.title, description = excluded.description, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                all_day = excluded.all_day, starts_on = excluded.starts_on, ends_on = excluded.ends_on, time_zone = excluded.time_zone,
                location_id = excluded.location_id, is_virtual = excluded.is_virtual, url = excluded.url, categories = excluded.categories,
                languages = excluded.languages, content_hash = excluded.content_hash, updated_at = excluded.updated_at
            WHERE event.content_hash <> excluded.content_hash
            RETURNING event.key, event.xmax = 0
            """,
            Parameters(organizationId, plans),
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Key, row => row.IsNew, StringComparer.Ordinal);
    }

    private object Parameters(Guid organizationId, List<EventPlan> plans) => new
    {
        organizationId,
        between = Between,
        now = time.GetUtcNow(),
        ids = plans.Select(_ => ids.Next()).ToArray(),
        keys = plans.Select(plan => plan.Draft.Row.Key).ToArray(),
        titles = plans.Select(plan => plan.Draft.Row.Title).ToArray(),
        descriptions = plans.Select(plan => plan.Draft.Row.Description).ToArray(),
        starts = plans.Select(plan => plan.Draft.StartsAt).ToArray(),
        ends = plans.Select(plan => plan.Draft.EndsAt).ToArray(),
        allDay = plans.Select(plan => plan.Draft.Schedule.AllDay).ToArray(),
        firstDays = plans.Select(plan => plan.Draft.Schedule.StartsOn.ToDateOnly()).ToArray(),
        lastDays = plans.Select(plan => plan.Draft.Schedule.EndsOn.ToDateOnly()).ToArray(),
        zones = plans.Select(plan => plan.Draft.TimeZone).ToArray(),
        locations = plans.Select(plan => plan.Draft.Place?.LocationId).ToArray(),
        virtuals = plans.Select(plan => plan.Draft.Row.Virtual).ToArray(),
        urls = plans.Select(plan => plan.Draft.Row.Url).ToArray(),
        // Lists of different lengths make no array of arrays.
        categories = plans.Select(plan => string.Join(Between, plan.Draft.Categories)).ToArray(),
        languages = plans.Select(plan => string.Join(Between, plan.Draft.Row.Languages)).ToArray(),
        hashes = plans.Select(plan => plan.Hash).ToArray(),
    };
}

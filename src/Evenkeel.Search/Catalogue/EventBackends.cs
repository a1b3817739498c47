using System.Net;
using Evenkeel.Search.Catalogue.Elasticsearch;
using Evenkeel.Search.Catalogue.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue;

/// <summary>The backend that is configured, and the database in its place while it is away.</summary>
internal sealed partial class EventBackends(
    PostgresEventBackend postgres, ElasticsearchEventBackend elasticsearch, IOptions<EventBackendOptions> options, ILogger<EventBackends> logger)
{
    /// <summary>In <see cref="EventMatches.Warnings"/>: answered without Elasticsearch.</summary>
    public const string ElasticsearchUnavailable = "elasticsearch_unavailable";

    public PostgresEventBackend Postgres { get; } = postgres;

    public bool UsesElasticsearch { get; } = options.Value.IsElasticsearch;

    /// <summary>Those kept in step: the database always, as it is what answers when the other is away.</summary>
    public IReadOnlyList<IEventBackend> Kept => UsesElasticsearch ? [Postgres, elasticsearch] : [Postgres];

    public async Task<EventMatches> SearchAsync(EventConditions conditions, CancellationToken cancellationToken)
    {
        if (!UsesElasticsearch)
        {
            return await Postgres.SearchAsync(conditions, cancellationToken);
        }

        try
        {
            var matches = await elasticsearch.SearchAsync(conditions, cancellationToken);
            // What nothing says in these words is found by meaning, and the vectors are in the database.
            return matches.Total == 0 && conditions.Meaning is not null ? await Postgres.SearchAsync(conditions, cancellationToken) : matches;
        }
        catch (ElasticsearchException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            // An organization's index is made soon after its first event; until then nothing is wrong with either.
            return await Postgres.SearchAsync(conditions, cancellationToken);
        }
        catch (ElasticsearchException exception)
        {
            if (!exception.IsRefusedByBreaker)
            {
                Log.Unavailable(logger, exception.Status);
            }

            return await Postgres.SearchAsync(conditions, cancellationToken) with { Warnings = [ElasticsearchUnavailable] };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "elasticsearch_unavailable", Message = "Elasticsearch did not answer a search ({Status}); the database did")]
        public static partial void Unavailable(ILogger logger, int status);
    }
}

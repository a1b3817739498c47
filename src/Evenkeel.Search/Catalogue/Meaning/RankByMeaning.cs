using System.Numerics.Tensors;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Catalogue.Meaning;

/// <summary>Where an embedding endpoint is configured, orders the best of what words found by what it means as well. Nothing comes in that words did not find.</summary>
internal sealed partial class RankByMeaning(Database database, IEmbeddings embeddings, ILogger<RankByMeaning> logger)
{
    /// <summary>In the warnings of a search: ordered by words alone.</summary>
    public const string EmbeddingsFailed = "embeddings_failed";

    /// <summary>Events compared: people look at the first pages, and so many vectors are read in some milliseconds.</summary>
    private const int MostCompared = 300;

    /// <summary>Of two events that have the same words the nearer one should win, and one that only means the same should not push away one that says it.</summary>
    private const float WeightOfMeaning = 0.4f;

    /// <param name="organizationId">Whose events.</param>
    /// <param name="query">What was searched for, in words.</param>
    /// <param name="matches">As words ordered them.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<EventMatches> RunAsync(Guid organizationId, string query, EventMatches matches, CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured || matches.EventIds.Count < 2)
        {
            return matches;
        }

        try
        {
            var question = (await embeddings.EmbedAsync([query], cancellationToken))[0];
            return Ordered(matches, question, await VectorsAsync(organizationId, matches.EventIds, cancellationToken));
        }
        catch (ModelException)
        {
            Log.Failed(logger);
            return matches with { Warnings = [.. matches.Warnings, EmbeddingsFailed] };
        }
    }

    private async Task<Dictionary<Guid, float[]>> VectorsAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            "SELECT event_id, vector FROM event_vectors WHERE event_id = ANY ($1) AND space = $2",
            Sql.Value(ids.Take(MostCompared).ToArray()), Sql.Value(embeddings.Space));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var vectors = new Dictionary<Guid, float[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            vectors[reader.GetGuid(0)] = reader.GetFieldValue<float[]>(1);
        }

        return vectors;
    }

    /// <summary>Those behind the compared ones keep their order and stay behind, and so do those that are over.</summary>
    private static EventMatches Ordered(EventMatches matches, float[] question, Dictionary<Guid, float[]> vectors)
    {
        var best = matches.EventIds.Zip(matches.Scores).Take(MostCompared)
            .Select((pair, place) => (Id: pair.First, Score: Score(pair.Second, question, vectors.GetValueOrDefault(pair.First)), IsOver: place >= matches.Upcoming))
            .OrderBy(pair => pair.IsOver).ThenByDescending(pair => pair.Score).ToList();
        var (top, least) = (Math.Max(best.Max(pair => pair.Score), float.Epsilon), best.Min(pair => pair.Score));
        var rest = matches.Scores.Skip(MostCompared).Select(score => Math.Min(score * (1 - WeightOfMeaning), least));
        return matches with
        {
            EventIds = [.. best.Select(pair => pair.Id), .. matches.EventIds.Skip(MostCompared)],
            Scores = [.. best.Select(pair => pair.Score).Concat(rest).Select(score => score / top)],
        };
    }

    private static float Score(float words, float[] question, float[]? vector) =>
        ((1 - WeightOfMeaning) * words) + (WeightOfMeaning * (vector?.Length == question.Length ? Math.Max(0, TensorPrimitives.Dot<float>(question, vector)) : 0));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "embeddings_failed", Message = "A search of events was ordered by words alone: there was no vector for it")]
        public static partial void Failed(ILogger logger);
    }
}

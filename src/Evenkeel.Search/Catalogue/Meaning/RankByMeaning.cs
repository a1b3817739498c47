using System.Numerics.Tensors;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Meaning;

/// <summary>
/// Where an embedding endpoint is configured, orders the best of what was found by what it means as well. What no event says in these words is looked for
/// by meaning alone; that is the database's part (<c>find_events</c>).
/// </summary>
internal sealed partial class RankByMeaning(Database database, IEmbeddings embeddings, IOptions<SearchOptions> options, ILogger<RankByMeaning> logger)
{
    /// <summary>In the warnings of a search: ordered by words alone.</summary>
    public const string EmbeddingsFailed = "embeddings_failed";

    /// <summary>Events compared: people look at the first pages, and so many vectors are read in some milliseconds.</summary>
    private const int MostCompared = 300;

    /// <summary>Of two events that have the same words the nearer one should win, and one that only means the same should not push away one that says it.</summary>
    private const float WeightOfMeaning = 0.4f;

    /// <summary>The question as a vector, or none, with a warning where there should be one.</summary>
    public async Task<(QuestionVector? Question, string? Warning)> EmbedAsync(string query, CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured)
        {
            return (null, null);
        }

        try
        {
            var numbers = (await embeddings.EmbedAsync([query], cancellationToken))[0];
            return (new QuestionVector(numbers, embeddings.Space, options.Value.LeastSimilarity), null);
        }
        catch (ModelException)
        {
            Log.Failed(logger);
            return (null, EmbeddingsFailed);
        }
    }

    /// <param name="organizationId">Whose events.</param>
    /// <param name="matches">As words ordered them.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<EventMatches> OrderAsync(Guid organizationId, EventMatches matches, QuestionVector question, CancellationToken cancellationToken)
    {
        if (matches.EventIds.Count == 0)
        {
            return matches;
        }

        var compared = matches.EventIds.Take(MostCompared).ToArray();
        var similarities = Similarities(matches.Vectors ?? await VectorsAsync(organizationId, compared, question.Space, cancellationToken), question.Numbers);
        var best = compared.Select((id, place) => (Id: id, Score: Score(matches.Scores[place], similarities.ElementAtOrDefault(place)), IsOver: place >= matches.Upcoming))
            .OrderBy(pair => pair.IsOver).ThenByDescending(pair => pair.Score).ToList();
        // Those behind the compared ones keep their order and stay behind, and so do those that are over. What only means the same never counts as much
        // as what says it.
        var (top, least) = (Math.Max(best.Max(pair => pair.Score), 1 - WeightOfMeaning), best.Min(pair => pair.Score));
        var rest = matches.Scores.Skip(MostCompared).Select(score => Math.Min(score * (1 - WeightOfMeaning), least));
        return matches with
        {
            EventIds = [.. best.Select(pair => pair.Id), .. matches.EventIds.Skip(MostCompared)],
            Scores = [.. best.Select(pair => pair.Score).Concat(rest).Select(score => score / top)],
        };
    }

    private async Task<IReadOnlyList<byte[]?>> VectorsAsync(Guid organizationId, Guid[] ids, string space, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            """
            SELECT array_agg(vector ORDER BY place) FROM unnest($1) WITH ORDINALITY AS one (id, place)
            LEFT JOIN event_vectors ON event_vectors.event_id = one.id AND space = $2
            """,
            Sql.Value(ids), Sql.Text(space));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetFieldValue<byte[]?[]>(0);
    }

    private static float[] Similarities(IReadOnlyList<byte[]?> vectors, float[] question)
    {
        var numbers = new float[question.Length];
        return
        [
            .. vectors.Select(vector => vector is not null && PackedVector.TryUnpack(vector, numbers) ? Math.Max(0, TensorPrimitives.Dot<float>(question, numbers)) : 0),
        ];
    }

    private static float Score(float words, float similarity) => ((1 - WeightOfMeaning) * words) + (WeightOfMeaning * similarity);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "embeddings_failed", Message = "A search of events was made by words alone: there was no vector for it")]
        public static partial void Failed(ILogger logger);
    }
}

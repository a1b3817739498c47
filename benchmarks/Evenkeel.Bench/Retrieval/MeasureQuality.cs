using Evenkeel.Knowledge.Terms;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Bench.Retrieval;

/// <summary>Ranks collections by the server's own parts.</summary>
internal sealed class MeasureQuality(KnowledgeBase knowledge)
{
    private static readonly double[] Thresholds = [0.15, 0.2, 0.25, 0.28, 0.3, 0.35, 0.4, 0.5];

    private readonly QuestionAnalyzer _analyzer = new(knowledge.Normalizer);

    public async Task<IReadOnlyList<QualityFigures>> RankAsync(RetrievalCollection collection, Guid chatbot)
    {
        var figures = new List<QualityFigures>();
        foreach (var (name, weights) in new[] { ("plain BM25", RankingWeights.PlainBm25), ("Evenkeel", RankingWeights.Default) })
        {
            var index = await knowledge.Indexes(weights).CurrentAsync(knowledge.OrganizationId, chatbot, CancellationToken.None);
            var answers = new List<(IReadOnlyList<string> Ranking, CollectionQuestion Question)>();
            foreach (var question in collection.Questions)
            {
                var best = await BestAsync(index, question.Text, collection.Texts.Count);
                answers.Add(([.. best.Select(hit => knowledge.Keys[DocumentOf(index, hit)])], question));
            }

            figures.Add(new QualityFigures(
                collection.Name,
                name,
                RankingFigures.Mean(answers.Select(answer => (answer.Ranking, answer.Question.Relevant))),
                collection.Questions.Any(question => question.Doubtful.Count > 0)
                    ? RankingFigures.Mean(answers.Select(answer => (answer.Ranking, (IReadOnlySet<string>)answer.Question.Relevant.Union(answer.Question.Doubtful).ToHashSet())))
                    : null));
        }

        return figures;
    }

    /// <summary>How many questions are answered at each threshold: each collection's own, and those of a stranger to it.</summary>
    public async Task<IReadOnlyList<ThresholdFigures>> ThresholdsAsync(IReadOnlyList<(RetrievalCollection Collection, Guid Chatbot)> collections)
    {
        var scores = new Dictionary<(string Asked, string Questions), List<double>>();
        foreach (var (asked, chatbot) in collections)
        {
            foreach (var (questions, _) in collections.Where(other => other.Collection == asked || IsStranger(asked, other.Collection)))
            {
                var index = await knowledge.Indexes(RankingWeights.Default).CurrentAsync(knowledge.OrganizationId, chatbot, CancellationToken.None);
                var best = new List<double>();
                foreach (var question in questions.Questions)
                {
                    best.Add((await BestAsync(index, question.Text, 50)).Select(hit => hit.Coverage).DefaultIfEmpty().Max());
                }

                scores[(asked.Name, questions.Name)] = best;
            }
        }

        return [.. Thresholds.Select(threshold => new ThresholdFigures(
            threshold,
            scores.Where(pair => pair.Key.Asked == pair.Key.Questions).ToDictionary(pair => pair.Key.Asked, pair => Share(pair.Value, threshold)),
            scores.Where(pair => pair.Key.Asked != pair.Key.Questions)
                .ToDictionary(pair => $"{pair.Key.Questions} to {pair.Key.Asked}", pair => Share(pair.Value, threshold))))];
    }

    /// <summary>In the same language, about something else: XQuAD in two languages is one subject.</summary>
    private static bool IsStranger(RetrievalCollection asked, RetrievalCollection other) =>
        (asked.Name, other.Name) is ("XQuAD en", "Cranfield") or ("Cranfield", "XQuAD en");

    private static double Share(List<double> scores, double threshold) => (double)scores.Count(score => score >= threshold) / scores.Count;

    private static Guid DocumentOf(PassageIndex index, LexicalHit hit)
    {
        var segment = index.Views[hit.At.View].Segment;
        return segment.Documents[segment.DocumentOf[hit.At.Place]].Id;
    }

    private async Task<IReadOnlyList<LexicalHit>> BestAsync(PassageIndex index, string question, int limit)
    {
        var analyzed = await _analyzer.AnalyzeAsync(question, CancellationToken.None);
        using var search = new LexicalSearch(index, LexicalQuestion.Of(analyzed, index), limit, seesPrivate: true);
        return search.Run().Best;
    }
}

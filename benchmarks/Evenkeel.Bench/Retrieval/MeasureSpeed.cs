using System.Diagnostics;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Search;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Bench.Retrieval;

/// <summary>Times of a large chatbot, one question after another.</summary>
internal sealed class MeasureSpeed(KnowledgeBase knowledge, IReadOnlyList<string> questions)
{
    private const int WarmUp = 200;

    public async Task<SpeedFigures> RunAsync(IReadOnlyList<CollectionText> texts)
    {
        var stopwatch = Stopwatch.StartNew();
        var chatbot = await knowledge.StoreAsync(texts);
        var stored = texts.Count / stopwatch.Elapsed.TotalSeconds;

        var indexes = knowledge.Indexes(RankingWeights.Default);
        var search = knowledge.Search(indexes);
        stopwatch.Restart();
        await AskAsync(search, chatbot, questions[0]);
        var first = stopwatch.Elapsed.TotalMilliseconds;

        var index = await indexes.CurrentAsync(knowledge.OrganizationId, chatbot, CancellationToken.None);
        var ranking = await RankingAsync(index);
        var whole = await WholeAsync(search, chatbot);
        await knowledge.ReplaceOneAsync(chatbot, texts[0]);
        stopwatch.Restart();
        await AskAsync(search, chatbot, questions[0]);
        return new SpeedFigures
        {
            Passages = texts.Count, Ranking = ranking, Whole = whole, BareScan = BareScan(texts.Count), FirstQuestionMs = first,
            AfterChangeMs = stopwatch.Elapsed.TotalMilliseconds, BytesPerPassage = (double)index.Bytes / texts.Count, StoredPerSecond = stored,
        };
    }

    private async Task<SpeedTimes> RankingAsync(PassageIndex index)
    {
        var analyzer = new QuestionAnalyzer(knowledge.Normalizer);
        var analyzed = new List<AnalyzedQuestion>();
        foreach (var question in questions)
        {
            analyzed.Add(await analyzer.AnalyzeAsync(question, CancellationToken.None));
        }

        return Percentiles(analyzed, question =>
        {
            using var search = new LexicalSearch(index, LexicalQuestion.Of(question, index), 50, seesPrivate: true);
            search.Run();
        });
    }

    private async Task<SpeedTimes> WholeAsync(PassageSearch search, Guid chatbot)
    {
        var times = new List<double>();
        foreach (var question in questions.Take(WarmUp).Concat(questions))
        {
            var stopwatch = Stopwatch.StartNew();
            await AskAsync(search, chatbot, question);
            times.Add(stopwatch.Elapsed.TotalMilliseconds);
        }

        return Of(times.Skip(Math.Min(WarmUp, questions.Count)));
    }

    private Task AskAsync(PassageSearch search, Guid chatbot, string question) => search.SearchAsync(
        new PassageQuery { OrganizationId = knowledge.OrganizationId, ChatbotId = chatbot, Text = question, Audience = Audience.Member, Limit = 6 },
        CancellationToken.None);

    private static SpeedTimes BareScan(int count)
    {
        var numbers = new float[count];
        return Percentiles([.. Enumerable.Range(0, 1_000)], _ =>
        {
            for (var index = 0; index < numbers.Length; index++)
            {
                numbers[index] += 1;
            }
        });
    }

    private static SpeedTimes Percentiles<T>(IReadOnlyList<T> items, Action<T> act)
    {
        foreach (var item in items.Take(WarmUp))
        {
            act(item);
        }

        return Of(items.Select(item =>
        {
            var begin = Stopwatch.GetTimestamp();
            act(item);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }));
    }

    private static SpeedTimes Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return new SpeedTimes(sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
    }
}

using System.Diagnostics;
using Evenkeel.Bench.Processes;

namespace Evenkeel.Bench.Retrieval;

/// <summary>
/// What is found and how fast, on published collections and on large made-up ones, with the server's own analysis, storage, index and search over
/// its embedded database. The process is bound to one core; the database has the others.
/// </summary>
internal sealed class RetrievalBenchmark(string data, string results, IReadOnlyList<int> sizes)
{
    private const int Seed = 4;

    public async Task<RetrievalReport> RunAsync(Action<string> say)
    {
        if (!File.Exists(Path.Combine(data, "cranfield", "cran.all.1400")))
        {
            throw new BenchmarkException($"There are no collections in {data}: name their folder with --data or EVENKEEL_DATA.");
        }

        var machine = Machine.Describe();
        BindToOneCore();
        say("starting the database …");
        await using var knowledge = await KnowledgeBase.StartAsync(results);
        RetrievalCollection[] collections = [RetrievalCollection.Xquad(data, "en"), RetrievalCollection.Xquad(data, "zh"), RetrievalCollection.Cranfield(data)];
        var stored = new List<(RetrievalCollection Collection, Guid Chatbot)>();
        var quality = new MeasureQuality(knowledge);
        var figures = new List<QualityFigures>();
        foreach (var collection in collections)
        {
            say($"{collection.Name}: {collection.Texts.Count} texts, {collection.Questions.Count} questions …");
            stored.Add((collection, await knowledge.StoreAsync(collection.Texts)));
            figures.AddRange(await quality.RankAsync(collection, stored[^1].Chatbot));
        }

        var thresholds = await quality.ThresholdsAsync(stored);
        var english = new[] { collections[0], collections[2] };
        var speed = new MeasureSpeed(knowledge, [.. english.SelectMany(collection => collection.Questions).Select(question => question.Text)]);
        var times = new List<SpeedFigures>();
        foreach (var size in sizes)
        {
            say($"{size} passages …");
            times.Add(await speed.RunAsync(SyntheticTexts.Make(english, size, Seed)));
        }

        return new RetrievalReport { Machine = machine, Quality = figures, Thresholds = thresholds, Speed = times };
    }

    private static void BindToOneCore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        }
    }
}

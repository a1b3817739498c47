using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Tests.Search;

/// <summary>A passage of words that are their own stems.</summary>
internal sealed record MadeUpPassage(string Language, params string[] Words)
{
    public string[] Headings { get; init; } = [];
    public string[] Title { get; init; } = [];
}

/// <summary>A document of an index made without a database.</summary>
internal sealed record MadeUpDocument(Guid Id, int Revision, Guid SourceId, IReadOnlyList<MadeUpPassage> Passages);

/// <summary>Indexes and questions without a database.</summary>
internal static class MadeUpPassages
{
    /// <summary>An index of documents of one passage each.</summary>
    public static PassageIndex Index(params MadeUpPassage[] passages) => IndexWith(RankingWeights.Default, passages);

    public static PassageIndex IndexWith(RankingWeights weights, params MadeUpPassage[] passages) =>
        Next(PassageIndex.Empty(weights), [.. passages.Select((passage, number) => new MadeUpDocument(Id(number), 1, Guid.Empty, [passage]))], new HashSet<Guid>());

    /// <summary>The index of a newer state, read like one: only what is missing.</summary>
    public static PassageIndex Next(PassageIndex index, IReadOnlyList<MadeUpDocument> documents, IReadOnlySet<Guid> privateSources)
    {
        var state = new KnowledgeState(
            index.Version + 1, [.. documents.Select(document => new LiveDocument(document.Id, document.Revision, document.SourceId))], privateSources);
        var missing = index.Missing(state).Select(document => document.Id).ToHashSet();
        return index.Next(state, missing.Count == 0 ? null : Segment(index.Weights, documents.Where(document => missing.Contains(document.Id))));
    }

    public static LexicalAnswer Find(this PassageIndex index, string question, string? language = "en", int limit = 10, bool seesPrivate = true)
    {
        var terms = question.Split(' ').Select(word => new QuestionTerm(word) { Word = Term(word) }).ToList();
        var analyzed = new AnalyzedQuestion(language is null ? null : Languages.Of(language), terms);
        using var search = new LexicalSearch(index, LexicalQuestion.Of(analyzed, index), limit, seesPrivate);
        return search.Run();
    }

    /// <summary>The numbers of the documents of one passage each, in their order.</summary>
    public static IReadOnlyList<int> Numbers(this PassageIndex index, IEnumerable<LexicalHit> hits) =>
        [.. hits.Select(hit => index.Views[hit.At.View].Segment).Zip(hits, (segment, hit) => Number(segment.Documents[segment.DocumentOf[hit.At.Place]].Id))];

    /// <summary>An id that stands where its number stands.</summary>
    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    private static Segment Segment(RankingWeights weights, IEnumerable<MadeUpDocument> documents)
    {
        var builder = new SegmentBuilder(weights);
        foreach (var document in documents)
        {
            builder.AddDocument(new SegmentDocument(document.Id, document.Revision));
            for (var ordinal = 0; ordinal < document.Passages.Count; ordinal++)
            {
                var passage = document.Passages[ordinal];
                builder.Add(new IndexedPassage
                {
                    Id = new Guid(Number(document.Id), (short)document.Revision, (short)ordinal, [1, 0, 0, 0, 0, 0, 0, 0]),
                    DocumentId = document.Id,
                    Revision = document.Revision,
                    Ordinal = ordinal,
                    Analysis = PassageAnalysis.Pack(Languages.Of(passage.Language), Terms(passage.Words), Terms(passage.Headings), Terms(passage.Title)),
                });
            }
        }

        return builder.Build();
    }

    private static TextTerm[] Terms(string[] words) => Array.ConvertAll(words, Term);

    private static TextTerm Term(string word) => new(word, WordForms.Unchanged(word), 0);
}

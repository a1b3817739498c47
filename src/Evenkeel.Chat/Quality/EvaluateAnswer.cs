using Evenkeel.Contracts.Chats;
using Evenkeel.Models.Extractive;

namespace Evenkeel.Chat.Quality;

/// <summary>What an answer is measured against.</summary>
/// <param name="Passages">The texts offered, those with label 1 first.</param>
/// <param name="UnknownAnswer">What the chatbot says when it does not know; "" where it has no words of its own.</param>
internal sealed record AnswerBasis(IReadOnlyList<string> Passages, string UnknownAnswer);

/// <summary>
/// Measures an answer without any model: which of its sentences name passages, and how much of what they state stands there. Cheap enough for
/// every answer, and the same for the same answer at any time.
/// </summary>
internal static class EvaluateAnswer
{
    /// <summary>Of a sentence's content so much has to stand in the passages it names.</summary>
    private const double LeastSupport = 0.3;

    /// <summary>A label at the end of a paragraph also stands for the sentences before it that its passage holds to this degree.</summary>
    private const double SharedLabel = 0.5;

    private const int MostSentences = 100;

    /// <summary>The quality of <paramref name="answer"/>.</summary>
    public static AnswerQuality Of(string answer, AnswerBasis basis)
    {
        var labels = CitationLabels.Find(answer);
        var offered = new OfferedPassages(basis.Passages);
        var stated = new List<SentenceSupport>();
        var sentences = AnswerSentences.Split(answer);
        for (var index = 0; index < sentences.Count && stated.Count < MostSentences; index++)
        {
            if (StatementUnits(answer, sentences[index]) is { } units)
            {
                stated.Add(Support(units, index, sentences, labels, offered));
            }
        }

        var isAnswered = basis.Passages.Count > 0 && !NotAnswered.Says(answer, basis.UnknownAnswer, labels.Exists(label => offered.Has(label.Number)));
        return new AnswerQuality
        {
            Answered = isAnswered,
            CitationCoverage = stated.Count == 0 ? null : Rounded(stated.Average(sentence => sentence.Citations.Count > 0 ? 1d : 0)),
            Groundedness = stated.Count == 0 ? null : Rounded(stated.Average(sentence => sentence.Support)),
            UnsupportedCitations = stated.Count(sentence => sentence.Citations.Count > 0 && sentence.Support < LeastSupport),
            InventedLabels = labels.Where(label => !offered.Has(label.Number)).Select(label => label.Number).Distinct().Count(),
            Sentences = stated,
        };
    }

    /// <summary>The units of a sentence that states something: questions, announcements and courtesies do not.</summary>
    private static IReadOnlyList<ContentUnit>? StatementUnits(string answer, AnswerSentence sentence)
    {
        var text = answer.AsSpan(sentence.Start, sentence.End - sentence.Start).TrimEnd();
        var bare = text.TrimEnd("[]0123456789 ").TrimEnd();
        if (bare.Length == 0 || bare[^1] is '?' or '？' or ':' or '：')
        {
            return null;
        }

        var units = ContentUnits.Of(WithoutLabels(answer, sentence));
        return units.Count >= 2 ? units : null;
    }

    private static string WithoutLabels(string answer, AnswerSentence sentence)
    {
        var text = answer[sentence.Start..sentence.End];
        foreach (var label in CitationLabels.Find(text).AsEnumerable().Reverse())
        {
            text = text.Remove(label.Start, label.End - label.Start);
        }

        return text;
    }

    private static SentenceSupport Support(
        IReadOnlyList<ContentUnit> units, int index, List<AnswerSentence> sentences, List<CitationLabel> labels, OfferedPassages offered)
    {
        var sentence = sentences[index];
        var end = sentences.Skip(index).TakeWhile(one => one.Paragraph == sentence.Paragraph).Last().End;
        var own = labels.Where(label => label.Start >= sentence.Start && label.End <= sentence.End && offered.Has(label.Number)).Select(label => label.Number);
        var shared = labels.Where(label => label.Start >= sentence.End && label.End <= end && offered.Has(label.Number)).Select(label => label.Number)
            .Where(number => offered.Holds(units, [number]) >= SharedLabel);
        int[] cited = [.. own.Concat(shared).Distinct().Order()];
        return new SentenceSupport(sentence.Start, sentence.End, cited, Rounded(offered.Holds(units, cited)));
    }

    private static double Rounded(double share) => Math.Round(share, 3);
}

/// <summary>The passages an answer could rest on; their words are read only when asked for.</summary>
internal sealed class OfferedPassages(IReadOnlyList<string> texts)
{
    private readonly IReadOnlySet<string>?[] _units = new IReadOnlySet<string>?[texts.Count];

    public bool Has(int number) => number >= 1 && number <= texts.Count;

    /// <summary>The share of the units, by weight, that stands in the passages with these numbers, or in any when there are none; 0 to 1.</summary>
    public double Holds(IReadOnlyList<ContentUnit> units, IReadOnlyCollection<int> numbers)
    {
        IReadOnlySet<string>[] sets = [.. (numbers.Count > 0 ? numbers : Enumerable.Range(1, texts.Count)).Select(UnitsOf)];
        double total = 0;
        double found = 0;
        foreach (var unit in units)
        {
            total += unit.Weight;
            found += Array.Exists(sets, set => set.Contains(unit.Text)) ? unit.Weight : 0;
        }

        return total == 0 ? 0 : found / total;
    }

    private IReadOnlySet<string> UnitsOf(int number) => _units[number - 1] ??= ContentUnits.SetOf(texts[number - 1]);
}

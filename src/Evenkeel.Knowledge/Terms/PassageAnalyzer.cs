using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Terms;

/// <summary>A passage as it is indexed.</summary>
/// <param name="Language">Two-letter code or <c>und</c>.</param>
/// <param name="Analysis">Its words, packed (<see cref="PassageAnalysis"/>).</param>
internal sealed record AnalyzedPassage(string Language, byte[] Analysis);

/// <summary>What of a passage is analysed.</summary>
internal readonly record struct PassageText(IReadOnlyList<string> HeadingPath, string Text);

/// <summary>Tells the language of passages and makes the terms they are found by.</summary>
internal sealed class PassageAnalyzer(TermNormalizer normalizer)
{
    /// <summary>Passages whose words are held at the same time; their unknown words are looked up in one round trip.</summary>
    private const int PassagesAtOnce = 128;

    /// <summary>Analyses the passages of a document, all of it or a long run of it; the result is in the same order.</summary>
    public Task<IReadOnlyList<AnalyzedPassage>> AnalyzeAsync(
        string title, IReadOnlyList<SplitPassage> passages, CancellationToken cancellationToken) =>
        AnalyzeAsync(title, [.. passages.Select(passage => new PassageText(passage.HeadingPath, passage.Text))], cancellationToken);

    /// <summary>The same of stored passages.</summary>
    public async Task<IReadOnlyList<AnalyzedPassage>> AnalyzeAsync(
        string title, IReadOnlyList<PassageText> passages, CancellationToken cancellationToken)
    {
        var analyzed = new AnalyzedPassage[passages.Count];
        // Too little in them to tell: they take the document's language, which is known when all have been seen.
        var undecided = new List<(int Place, TokenizedText Text, TokenizedText Headings, LanguageEvidence Evidence)>();
        var document = new LanguageEvidence();
        var titleText = (await normalizer.TokenizeAsync([title], cancellationToken))[0];
        document.Add(titleText.Evidence);
        for (var first = 0; first < passages.Count; first += PassagesAtOnce)
        {
            var texts = passages.Skip(first).Take(PassagesAtOnce).SelectMany(Texts).ToList();
            var tokenized = await normalizer.TokenizeAsync(texts, cancellationToken);
            for (var index = 0; index < tokenized.Count; index += 2)
            {
                var place = first + (index / 2);
                var (headings, text) = (tokenized[index], tokenized[index + 1]);
                // With its headings: a passage that is only an example is in the language it is explained in.
                var evidence = headings.Evidence;
                evidence.Add(text.Evidence);
                document.Add(evidence);
                if (evidence.Language(LanguageEvidence.EnoughForPassage) is { } language)
                {
                    analyzed[place] = Analyzed(language, text, headings, titleText);
                }
                else
                {
                    undecided.Add((place, text, headings, evidence));
                }
            }
        }

        var documentLanguage = document.Language(LanguageEvidence.EnoughForPassage) ?? (document.HasLatinWords ? Languages.English : Languages.Undetermined);
        foreach (var (place, text, headings, evidence) in undecided)
        {
            var language = evidence.CanBe(documentLanguage) ? documentLanguage : evidence.Language(LanguageEvidence.EnoughForQuestion) ?? Languages.English;
            analyzed[place] = Analyzed(language, text, headings, titleText);
        }

        return analyzed;
    }

    /// <summary>The language of a document: that of most of its passages; <c>und</c> for one without any.</summary>
    public static string DocumentLanguage(IEnumerable<AnalyzedPassage> passages) =>
        passages.CountBy(passage => passage.Language).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .FirstOrDefault().Key ?? Languages.Code(Languages.Undetermined);

    private static IEnumerable<string> Texts(PassageText passage)
    {
        yield return string.Join('\n', passage.HeadingPath);
        yield return MarkdownText.WithoutLinkTargets(passage.Text);
    }

    private static AnalyzedPassage Analyzed(byte language, TokenizedText text, TokenizedText headings, TokenizedText title) =>
        new(Languages.Code(language), PassageAnalysis.Pack(language, text.Terms, headings.Terms, title.Terms));
}

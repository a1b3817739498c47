using Evenkeel.Knowledge.Splitting;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>Splits and normalises documents; touches no table, so that it runs before the transaction that stores them.</summary>
internal sealed class DocumentPreparation(TermNormalizer normalizer)
{
    private const int MostTitleCharacters = 200;

    /// <summary>Prepares several documents; the words of all of them are looked up together.</summary>
    public async Task<IReadOnlyList<PreparedDocument>> PrepareAsync(IReadOnlyList<DocumentText> documents, CancellationToken cancellationToken)
    {
        var outlines = documents.Select(DocumentOutline.Of).ToList();
        var texts = outlines.SelectMany(outline => outline.Texts()).ToList();
        var terms = await normalizer.NormalizeAsync(texts, cancellationToken);
        var next = 0;
        return outlines.ConvertAll(outline =>
        {
            var own = terms.Skip(next).Take(outline.TextCount).ToList();
            next += outline.TextCount;
            return outline.Prepare(own);
        });
    }

    private static string Short(string text) => text.Length <= MostTitleCharacters ? text : text[..MostTitleCharacters];

    private sealed record DocumentOutline(DocumentText Source, string Title, IReadOnlyList<SplitPassage> Passages)
    {
        /// <summary>The title, then headings and text of each passage.</summary>
        public int TextCount => 1 + (2 * Passages.Count);

        public static DocumentOutline Of(DocumentText source)
        {
            var structure = source.IsMarkdown ? MarkdownText.Read(source.Text) : PlainText.Read(source.Text);
            var title = source.Title ?? structure.Title ?? Path.GetFileNameWithoutExtension(source.FileName);
            return new DocumentOutline(source, Short(title), PassageSplitter.Split(structure.Sections));
        }

        public IEnumerable<string> Texts()
        {
            yield return Title;
            foreach (var passage in Passages)
            {
                yield return string.Join('\n', passage.HeadingPath);
                yield return MarkdownText.WithoutLinkTargets(passage.Text);
            }
        }

        public PreparedDocument Prepare(IReadOnlyList<IReadOnlyList<string>> terms)
        {
            var titleTerms = terms[0].Distinct().ToList();
            return new PreparedDocument
            {
                Source = Source,
                Title = Title,
                Language = TextLanguage.Of(Source.Text),
                Passages = [.. Passages.Select((passage, index) => Prepare(passage, titleTerms, terms[1 + (2 * index)], terms[2 + (2 * index)]))],
            };
        }

        private static PreparedPassage Prepare(
            SplitPassage passage, IReadOnlyList<string> titleTerms, IReadOnlyList<string> headingTerms, IReadOnlyList<string> textTerms)
        {
            var counts = textTerms.CountBy(term => term).ToList();
            return new PreparedPassage
            {
                HeadingPath = passage.HeadingPath,
                Text = passage.Text,
                // With its headings: a passage that is only an example is in the language it is explained in.
                Language = TextLanguage.Of(string.Join('\n', [.. passage.HeadingPath, passage.Text])),
                Terms = counts.ConvertAll(count => count.Key),
                Frequencies = counts.ConvertAll(count => (short)Math.Min(count.Value, short.MaxValue)),
                HeadingTerms = [.. headingTerms.Distinct()],
                TitleTerms = titleTerms,
            };
        }
    }
}

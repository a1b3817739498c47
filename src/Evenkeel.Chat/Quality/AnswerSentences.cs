using System.Text.RegularExpressions;
using Evenkeel.Models.Extractive;

namespace Evenkeel.Chat.Quality;

/// <summary>A sentence of an answer, with the labels that stand behind it.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">Behind the last.</param>
/// <param name="Paragraph">Sentences of one paragraph or list item share it.</param>
internal readonly record struct AnswerSentence(int Start, int End, int Paragraph);

/// <summary>Takes an answer apart into sentences; code, headings and rules of tables are none.</summary>
internal static partial class AnswerSentences
{
    public static List<AnswerSentence> Split(string text)
    {
        var sentences = new List<AnswerSentence>();
        var isInCode = false;
        var paragraph = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start);
            if (line.TrimStart() is ['`', '`', '`', ..] or ['~', '~', '~', ..])
            {
                isInCode = !isInCode;
            }
            else if (!isInCode && !line.TrimStart().StartsWith('#'))
            {
                paragraph++;
                AddLine(text, start, end, paragraph, sentences);
            }

            start = end + 1;
        }

        return sentences;
    }

    private static void AddLine(string text, int start, int end, int paragraph, List<AnswerSentence> sentences)
    {
        var first = sentences.Count;
        foreach (var range in SentenceSplitting.Ranges(text[start..end]))
        {
            var (from, length) = range.GetOffsetAndLength(end - start);
            var sentence = text.AsSpan(start + from, length);
            // "… seconds. [1] The next": the label belongs to what stands before it.
            var labels = LeadingLabels.EnumerateMatches(sentence) is var matches && matches.MoveNext() && sentences.Count > first ? matches.Current.Length : 0;
            if (labels > 0)
            {
                sentences[^1] = sentences[^1] with { End = start + from + labels };
            }

            var left = sentence[labels..];
            if (left.ContainsAnyExcept(" \t|-:*>_") )
            {
                var skipped = labels + (left.Length - left.TrimStart().Length);
                sentences.Add(new AnswerSentence(start + from + skipped, start + from + length, paragraph));
            }
        }
    }

    [GeneratedRegex(@"^(?:\s?\[[0-9]{1,3}\])+")]
    private static partial Regex LeadingLabels { get; }
}

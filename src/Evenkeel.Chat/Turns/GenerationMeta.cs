using System.Globalization;
using System.Text.RegularExpressions;
using Evenkeel.Contracts.Chats;

namespace Evenkeel.Chat.Turns;

/// <summary>Makes the structured facts of an answer from what was offered and what was written.</summary>
internal static partial class GenerationMeta
{
    private const int SnippetLength = 240;

    /// <summary>
    /// The context's meta with citations: those labels that stand in the answer and were offered, in the order of their numbers.
    /// A label that was not offered stays plain text.
    /// </summary>
    public static MessageMeta WithCitations(TurnContext context)
    {
        var cited = Label.Matches(context.Answer.ToString()).Select(match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)).ToHashSet();
        var citations = context.Hits
            .Select((hit, index) => (Hit: hit, Number: index + 1))
            .Where(entry => cited.Contains(entry.Number))
            .Select(entry => new Citation
            {
                Index = entry.Number,
                PassageId = entry.Hit.PassageId,
                DocumentId = entry.Hit.DocumentId,
                Title = entry.Hit.Title,
                HeadingPath = entry.Hit.HeadingPath,
                Snippet = Snippet(entry.Hit.Text),
            })
            .ToArray();
        return context.Meta with { Citations = citations.Length == 0 ? null : citations };
    }

    private static string Snippet(string text)
    {
        if (text.Length <= SnippetLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[SnippetLength - 1]) ? SnippetLength - 1 : SnippetLength;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    // Not \d: that matches the digits of every script, which int.Parse refuses.
    [GeneratedRegex(@"\[(?<number>[0-9]{1,3})\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Label { get; }
}

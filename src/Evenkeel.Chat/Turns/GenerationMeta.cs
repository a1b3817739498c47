using Evenkeel.Chat.Quality;
using Evenkeel.Contracts.Chats;

namespace Evenkeel.Chat.Turns;

/// <summary>Makes the structured facts of an answer from what was offered and what was written.</summary>
internal static class GenerationMeta
{
    private const int SnippetLength = 240;

    /// <summary>
    /// The context's meta with citations: those labels that stand in the answer and were offered, in the order of their numbers, and with the
    /// answer's quality where documents were asked. A label that was not offered stays plain text and is counted.
    /// </summary>
    public static MessageMeta WithCitations(TurnContext context)
    {
        var answer = context.Answer.ToString();
        var cited = CitationLabels.Find(answer).Select(label => label.Number).ToHashSet();
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
        return context.Meta with
        {
            Citations = citations.Length == 0 ? null : citations,
            Quality = context.Route == Route.SmallTalk || answer.Length == 0 ? null
                : EvaluateAnswer.Of(answer, new AnswerBasis([.. context.Hits.Select(Basis)], context.Chatbot.Settings.UnknownAnswer)),
        };
    }

    // What stands above a passage is offered with it: answers name the thing by its title.
    private static string Basis(Search.PassageHit hit) => string.Join('\n', [hit.Title, .. hit.HeadingPath, hit.Text]);

    private static string Snippet(string text)
    {
        if (text.Length <= SnippetLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[SnippetLength - 1]) ? SnippetLength - 1 : SnippetLength;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}

using Evenkeel.Chat.Quality;
using Evenkeel.Contracts.Chats;

namespace Evenkeel.Chat.Turns;

/// <summary>Makes the structured facts of an answer from what was offered and what was written.</summary>
internal static class GenerationMeta
{
    private const int SnippetLength = 240;

    /// <summary>Recommended where the answer names no event.</summary>
    private const int MostUnnamed = 3;

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
            .Select(entry => CitationOf(entry.Hit, entry.Number, context.Events.ContainsKey(entry.Hit.PassageId)))
            .ToArray();
        var recommendations = Recommended(context, cited);
        return context.Meta with
        {
            Recommendations = recommendations.Length == 0 ? null : recommendations,
            Citations = citations.Length == 0 ? null : citations,
            Quality = context.Route == Route.SmallTalk || answer.Length == 0 ? null
                : EvaluateAnswer.Of(answer, new AnswerBasis([.. context.Hits.Select(Basis)], context.Chatbot.Settings.UnknownAnswer)),
        };
    }

    private static Citation CitationOf(Search.PassageHit hit, int number, bool isEvent) => new()
    {
        Index = number,
        PassageId = isEvent ? null : hit.PassageId,
        DocumentId = isEvent ? null : hit.DocumentId,
        EventId = isEvent ? hit.PassageId : null,
        Title = hit.Title,
        HeadingPath = hit.HeadingPath,
        Snippet = Snippet(hit.Text),
    };

    /// <summary>The events that the answer names; those that fit best where it names none, as small models often do.</summary>
    private static Recommendation[] Recommended(TurnContext context, HashSet<int> cited)
    {
        var offered = context.Hits.Index().Where(entry => context.Events.ContainsKey(entry.Item.PassageId))
            .Select(entry => (Found: context.Events[entry.Item.PassageId], Number: entry.Index + 1)).ToList();
        var named = offered.Where(entry => cited.Contains(entry.Number)).ToList();
        return
        [
            .. (named.Count > 0 ? named : offered.Take(MostUnnamed)).OrderByDescending(entry => entry.Found.Score)
                .Select(entry => new Recommendation(
                    entry.Found.Event, entry.Found.Reason, Math.Round(entry.Found.Score, 3), cited.Contains(entry.Number) ? entry.Number : null)),
        ];
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

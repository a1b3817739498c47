using System.Globalization;
using System.Text.RegularExpressions;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>The words an event is found by.</summary>
/// <param name="Title">Of its title.</param>
/// <param name="Place">Of the names of its place, of what contains it, and of its categories.</param>
/// <param name="Description">Of its description.</param>
internal sealed record EventWords(IReadOnlyList<string> Title, IReadOnlyList<string> Place, IReadOnlyList<string> Description);

/// <summary>
/// Cuts events and queries into terms by the rules of documents. A word stands for itself under the English rules and under those of the text's own
/// language where that is known: titles are too short to say which language they are in.
/// </summary>
internal sealed partial class EventTerms(TermNormalizer normalizer)
{
    /// <summary>Another number makes all indexes anew. Raise it when the same text becomes other terms.</summary>
    public const int Format = 1;

    /// <summary>Of a description: what says what an event is about stands at its beginning, and long term lists make all searches slow.</summary>
    private const int MostDescriptionTerms = 200;

    /// <summary>Of a query.</summary>
    private const int MostQueryTerms = 40;

    /// <summary>What people call all events, and how they ask for them: found in few events, and said of none by them.</summary>
    private static readonly HashSet<string> General = new(StringComparer.Ordinal)
    {
        "event", "events", "conference", "conferences", "meeting", "meetings", "happening", "happenings", "upcoming", "anything", "something",
        "show", "find", "list", "give", "tell", "search", "look", "looking", "want", "like", "recommend", "suggest", "know", "please", "interesting",
        "attend", "visit", "go", "going", "take", "place", "held", "hello", "hi",
    };

    /// <summary>Words of events, in the order given.</summary>
    /// <param name="texts">Title, names and description of each.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<EventWords>> OfEventsAsync(
        IReadOnlyList<(string Title, string Place, string Description)> texts, CancellationToken cancellationToken)
    {
        var tokenized = await normalizer.TokenizeAsync([.. texts.SelectMany(text => new[] { text.Title, text.Place, text.Description })], cancellationToken);
        var words = new List<EventWords>(texts.Count);
        for (var index = 0; index < tokenized.Count; index += 3)
        {
            var evidence = tokenized[index].Evidence;
            evidence.Add(tokenized[index + 2].Evidence);
            var language = evidence.Language(LanguageEvidence.EnoughForPassage);
            words.Add(new EventWords(
                Terms(tokenized[index], language, int.MaxValue), Terms(tokenized[index + 1], null, int.MaxValue), Terms(tokenized[index + 2], language, MostDescriptionTerms)));
        }

        return words;
    }

    /// <summary>Words of a query, each with the forms it may have in a text. None where it has only words that say nothing.</summary>
    /// <param name="query">In words.</param>
    /// <param name="isLiteral">Its general words count too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<IReadOnlyList<string>>> OfQueryAsync(string query, bool isLiteral, CancellationToken cancellationToken)
    {
        var said = isLiteral ? query : GeneralChinese().Replace(QuestionWords.Without(query), " ");
        var text = (await normalizer.TokenizeAsync([said], cancellationToken))[0];
        var language = text.Evidence.Language(LanguageEvidence.EnoughForQuestion);
        return
        [
            .. text.Terms.Where(term => isLiteral || !General.Contains(term.Text)).Select(term => Forms(term, language)).Where(forms => forms.Count > 0)
                .DistinctBy(forms => forms[0]).Take(MostQueryTerms),
        ];
    }

    private static List<string> Terms(TokenizedText text, byte? language, int most) =>
        [.. text.Terms.SelectMany(term => Forms(term, language)).Take(most)];

    private static IReadOnlyList<string> Forms(TextTerm term, byte? language)
    {
        var english = term.Under(Languages.English);
        var own = language is { } told ? term.Under(Languages.Stemmer(told)) : english;
        // A stop word of the text's own language says nothing in English either.
        return own == 0 ? [] : english == own || english == 0 ? [Text(own)] : [Text(english), Text(own)];
    }

    private static string Text(ulong term) => term.ToString("x16", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "有什么|有哪些|有没有|活动|活動|会议|會議|大会|大會|推荐|推薦|帮我|幫我|查找|寻找|尋找|搜索|搜尋|参加|參加|举办|舉辦|举行|舉行|我想|请|請|找",
        RegexOptions.CultureInvariant)]
    private static partial Regex GeneralChinese();
}

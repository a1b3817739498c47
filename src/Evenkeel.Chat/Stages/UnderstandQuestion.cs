using System.Text.RegularExpressions;
using Evenkeel.Catalog.Questions;
using Evenkeel.Chat.Catalogue;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Search.Catalogue;

namespace Evenkeel.Chat.Stages;

/// <summary>
/// The supervisor: decides by rules what answers the question, in which language, and what to search for. Rules, because they take no time,
/// cost nothing, and work without a model; they err on the side of searching.
/// </summary>
internal sealed partial class UnderstandQuestion(IEventSearch events, IQuestionReading reading) : ITurnStage
{
    // A follow-up this short ("and in Chinese?", 那第二个呢？) cannot be searched by its own words.
    private const int ShortFollowUpWords = 4;
    private const int ShortFollowUpHan = 8;
    private const int LongestCarriedQuestion = 300;

    public string EventType => TimelineEventType.AgentThinking;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        var question = turn.Question.Trim();
        context.AnswerLanguage = LanguageOf(question, turn.Language);
        var isCourtesy = IsSmallTalk(question) && turn.OnlyEvents is null;
        var carried = isCourtesy ? null : CarriedQuestion(question, context.History);
        context.SearchText = carried is null ? question : $"{carried}\n{question}";
        if (!isCourtesy && (turn.OnlyEvents is not null || await events.HasEventsAsync(turn.OrganizationId, cancellationToken)))
        {
            context.Understood = await ReadAsync(turn, carried, question, cancellationToken);
        }

        context.Route = isCourtesy ? Route.SmallTalk : RouteOf(context);
        context.Meta = context.Meta with { Route = Routes.Name(context.Route), Understood = context.Understood };
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["route"] = context.Meta.Route,
            // Why: only courtesies; a question of its own; one that needs the question before it.
            ["reason"] = isCourtesy ? "courtesy" : carried is null ? "question" : "follow_up",
            ["language"] = context.AnswerLanguage,
            ["follow_up"] = carried is not null,
            ["restricted_to"] = turn.OnlyEvents?.Count,
            ["understood"] = context.Understood is { } understood ? EventFacts.Numbers(understood) : null,
        };
    }

    /// <summary>What is said of places and dates; what a follow-up does not say again holds on.</summary>
    private async Task<UnderstoodQuestion> ReadAsync(Turn turn, string? carried, string question, CancellationToken cancellationToken)
    {
        var now = await reading.ReadAsync(turn.OrganizationId, question, turn.TimeZone, cancellationToken);
        if (carried is null)
        {
            return now;
        }

        var before = await reading.ReadAsync(turn.OrganizationId, carried, turn.TimeZone, cancellationToken);
        return now with
        {
            Query = $"{before.Query} {now.Query}".Trim(),
            Places = now.Places.Count > 0 || now.UnknownPlaces.Count > 0 ? now.Places : before.Places,
            Dates = now.Dates ?? before.Dates,
            Virtual = now.Virtual ?? before.Virtual,
        };
    }

    /// <summary>
    /// The catalogue alone where events are asked for by place, date or as a list; otherwise both, and the catalogue adds only what fits closely. Where
    /// somebody asks about given events, nothing else is looked at.
    /// </summary>
    private static Route RouteOf(TurnContext context)
    {
        if (context.Turn.OnlyEvents is not null)
        {
            return Route.Catalogue;
        }

        return context.Understood switch
        {
            null => Route.Documents,
            { Places.Count: 0, UnknownPlaces.Count: 0, Dates: null, Virtual: null } when !EventWords.AsksForList(context.SearchText) => Route.Documents | Route.Catalogue,
            _ when EventWords.AsksForEvents(context.SearchText) => Route.Catalogue,
            _ => Route.Documents | Route.Catalogue,
        };
    }

    /// <summary>Chinese when Han characters carry the question; English when Latin letters do; otherwise the person's own language.</summary>
    internal static string LanguageOf(string question, string fallback)
    {
        var han = question.Count(IsHan);
        var latin = Words.Count(question);
        return han == 0 && latin == 0 ? fallback : han >= latin ? "zh" : "en";
    }

    /// <summary>Greetings, thanks, farewells, and questions about the bot itself, when nothing else is asked.</summary>
    internal static bool IsSmallTalk(string question) => SmallTalkEnglish.IsMatch(question) || SmallTalkChinese.IsMatch(question);

    private static string? CarriedQuestion(string question, IReadOnlyList<HistoryMessage> history)
    {
        var han = question.Count(IsHan);
        var isShort = han > 0 ? han <= ShortFollowUpHan && FollowUpChinese.IsMatch(question)
            : Words.Count(question) <= ShortFollowUpWords || FollowUpEnglish.IsMatch(question);
        var previous = isShort ? history.LastOrDefault(message => message.IsUser)?.Text : null;
        return previous is null || IsSmallTalk(previous) ? null
            : previous.Length <= LongestCarriedQuestion ? previous : previous[..LongestCarriedQuestion];
    }

    // CJK Unified Ideographs, with extension A.
    private static bool IsHan(char character) => character is (>= '\u3400' and <= '\u4dbf') or (>= '\u4e00' and <= '\u9fff');

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Words { get; }

    [GeneratedRegex(
        @"^\W*(hi|hello|hey|hiya|howdy|greetings|good (morning|afternoon|evening|day|night)|thanks?( you)?( (so|very) much| a lot)?|thx|cheers|great|cool|nice|ok(ay)?|perfect|bye|goodbye|see you( later)?|how are you( doing)?( today)?|who are you|what are you|what(( i)|')s your name|what can you do|how can you help( me)?|are you (a )?(bot|human|robot|an ai))( there| again| everyone| bot)?([\s,!.?]+(thanks?( you)?|there|bot))*\W*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SmallTalkEnglish { get; }

    [GeneratedRegex(
        @"^[\W]*(你好|您好|嗨|哈喽|哈啰|大家好|早上好|上午好|中午好|下午好|晚上好|早安|晚安|谢谢|谢谢你|谢谢您|多谢|非常感谢|感谢|辛苦了|再见|拜拜|回头见|好的|好|明白了|知道了|太好了|你是谁|您是谁|你叫什么|你叫什么名字|你能做什么|你会做什么|你可以做什么|你能帮我做什么|你是机器人吗|你是人吗|你好吗|最近好吗)[呀啊吗呢吧了哦]*[\W]*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex SmallTalkChinese { get; }

    [GeneratedRegex(@"^\W*(and|also|what about|how about|why|it|that|this|those|these|then)\b.{0,40}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex FollowUpEnglish { get; }

    [GeneratedRegex(@"^[\W]*(那|那么|它|这|这个|那个|为什么|还有|然后|第.个)|呢[？?]?$", RegexOptions.ExplicitCapture)]
    private static partial Regex FollowUpChinese { get; }
}

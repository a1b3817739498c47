using Evenkeel.Chat.Turns;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Errors;
using Evenkeel.Models;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chat.Guarding;

/// <summary>
/// What a person is told instead of an answer that moderation does not let through: in the chatbot's own words where it has some, else in its
/// name. Never why, which would help whoever tries to get around it.
/// </summary>
internal static class BlockedAnswers
{
    /// <summary>Ends a turn. What happened stands in <see cref="StageFailedException.Facts"/>, for the timeline.</summary>
    /// <param name="context">The turn.</param>
    /// <param name="category">Of <see cref="ModerationCategory"/>, or what a guard of answers found.</param>
    /// <param name="source"><c>rules</c>, <c>endpoint</c> or <c>leak_guard</c>.</param>
    public static StageFailedException Failure(TurnContext context, string category, string source)
    {
        var language = UnderstoodLanguage(context);
        return new StageFailedException(new Error(ErrorCode.ContentBlocked) { Text = Text(context.Chatbot, category, language) }, ErrorCode.ContentBlocked)
        {
            Facts = new Dictionary<string, object?>(StringComparer.Ordinal) { ["category"] = category, ["source"] = source },
        };
    }

    /// <summary>The text in <paramref name="language"/>.</summary>
    internal static string Text(ChatbotProfile chatbot, string category, string language)
    {
        var isChinese = language == "zh";
        // Whoever speaks of dying is not turned away with a general refusal, whatever a chatbot is set to say.
        if (category == ModerationCategory.SelfHarm)
        {
            return isChinese ? HelpInChinese : HelpInEnglish;
        }

        var own = chatbot.Settings.BlockedAnswer.Trim();
        return own.Length > 0 ? own : isChinese ? Chinese(chatbot) : English(chatbot);
    }

    private const string HelpInEnglish =
        "I am sorry that things are so hard right now. You do not have to go through this alone: please talk to somebody you trust, or to people "
        + "who are there for exactly this at any hour. If you are in danger now, call your local emergency number (such as 112, 911 or 999). In the "
        + "United States and Canada you can call or text 988, in the United Kingdom and Ireland you can call Samaritans at 116 123, and "
        + "findahelpline.com knows the lines of other countries.";

    private const string HelpInChinese =
        "听到您这么难受，我很担心您。您不必独自承受：请和您信任的人谈一谈，或者拨打全国统一心理援助热线 12356，那里随时有人愿意听您说。"
        + "如果您现在有危险，请立即拨打 110 或 120；在其他国家和地区，可以在 findahelpline.com 找到当地的热线。";

    private static string English(ChatbotProfile chatbot) => PersonaName.Find(chatbot.Settings.Persona) is { } name
        ? $"{name} here: I am afraid I cannot help with that. Please ask me something else."
        : "I am afraid I cannot help with that. Please ask me something else.";

    private static string Chinese(ChatbotProfile chatbot) => PersonaName.Find(chatbot.Settings.Persona) is { } name
        ? $"我是{name}。很抱歉，这个忙我帮不上，您可以问我别的问题。"
        : "很抱歉，这个忙我帮不上，您可以问我别的问题。";

    private static string UnderstoodLanguage(TurnContext context) => Stages.UnderstandQuestion.LanguageOf(context.Turn.Question, context.Turn.Language);
}

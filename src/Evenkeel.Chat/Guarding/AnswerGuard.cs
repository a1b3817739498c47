using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Evenkeel.Chat.Stages;
using Evenkeel.Chat.Turns;
using Evenkeel.Models;
using Evenkeel.Search;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Guarding;

/// <summary>Stands between the model and whoever reads: lets an answer through piece by piece, or stops it.</summary>
internal sealed partial class AnswerGuard(
    IModeration moderation, PromptTexts prompts, RestartTurn restart, StageReporter reporter, IOptions<ModerationOptions> options)
{
    private const int MostPersonas = 200;

    // How a model says that it has no answer, which instructions must be able to speak of.
    private static readonly string[] Phrases = ["The passages do not answer the question.", "The passages do not contain an answer to the question.", "资料中没有提到，资料不能回答这个问题。"];

    private readonly ConcurrentDictionary<string, ConfidentialText> _confidential = new(StringComparer.Ordinal);

    /// <summary>Begins an answer.</summary>
    public GuardedAnswer Begin(TurnContext context)
    {
        var persona = context.Chatbot.Settings.Persona;
        if (_confidential.Count > MostPersonas)
        {
            _confidential.Clear();
        }

        var confidential = _confidential.GetOrAdd(persona, static (text, own) => ConfidentialText.Of([.. own.AllTexts, text]), prompts);
        return new GuardedAnswer(context, new LeakWatch(confidential, () => PublicTexts(context)), new GuardedAnswer.Parts(moderation, restart, reporter, options.Value));
    }

    private static IEnumerable<string> PublicTexts(TurnContext context)
    {
        var chatbot = context.Chatbot;
        return
        [
            chatbot.Name, chatbot.WelcomeMessage, chatbot.Settings.UnknownAnswer, chatbot.Settings.BlockedAnswer, context.Turn.Question, .. Phrases,
            .. SpokenLine.Matches(chatbot.Settings.Persona).Select(match => match.Value),
            .. context.History.Select(message => message.Text),
            .. context.Hits.SelectMany<PassageHit, string>(hit => [hit.Title, .. hit.HeadingPath, hit.Text]),
        ];
    }

    /// <summary>What stands in quotation marks in a persona is there to be said.</summary>
    [GeneratedRegex("\"[^\"\n]+\"|“[^”\n]+”|「[^」\n]+」|『[^』\n]+』")]
    private static partial Regex SpokenLine { get; }
}

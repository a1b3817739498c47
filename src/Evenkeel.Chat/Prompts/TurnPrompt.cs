using System.Text;
using Evenkeel.Chat.Agents;
using Evenkeel.Chat.Stages;
using Evenkeel.Chat.Turns;
using Evenkeel.Models;
using Evenkeel.Search;

namespace Evenkeel.Chat.Prompts;

/// <summary>
/// The prompt of one turn: rules and persona with the authority of the system, the conversation, and the question after its passages. Text of others
/// never comes into the system message.
/// </summary>
internal sealed class TurnPrompt(PromptTexts prompts, MaterialBlock block, TurnContext context, IReadOnlyList<HistoryMessage> history)
{
    /// <summary>Where passages stand; also those that a model finds by itself.</summary>
    public MaterialBlock Block => block;

    /// <summary>All of it for <paramref name="passages"/>.</summary>
    /// <param name="passages">Labelled from 1.</param>
    /// <param name="tools">What the model may search again with.</param>
    public IReadOnlyList<ChatTurnMessage> Messages(IReadOnlyList<PassageHit> passages, IReadOnlyList<ChatTool> tools) =>
    [
        new(ChatRole.System, SystemText(tools)),
        .. history.Select(message => new ChatTurnMessage(message.IsUser ? ChatRole.User : ChatRole.Assistant, NeutralText.Earlier(message.Text, message.IsUser))),
        new(ChatRole.User, string.Join("\n\n",
        [
            .. passages.Count == 0 ? Array.Empty<string>() : [prompts.MaterialHeading(context.AnswerLanguage), block.Write(passages, 1)],
            .. context.Notes.Count == 0 ? Array.Empty<string>() : [prompts.NotesHeading(context.AnswerLanguage), .. context.Notes.Select(NeutralText.Of)],
            context.Turn.Question,
        ])),
    ];

    /// <summary>The same without what is said of tools.</summary>
    public IReadOnlyList<ChatTurnMessage> WithoutTools(IReadOnlyList<ChatTurnMessage> messages) =>
        [new(ChatRole.System, SystemText([])), .. messages.Skip(1)];

    private string SystemText(IReadOnlyList<ChatTool> tools)
    {
        var text = new StringBuilder(prompts.Instructions(context.AnswerLanguage, context.Route));
        foreach (var tool in tools)
        {
            text.Append("\n\n").Append(tool.Name == EventTool.Name ? prompts.EventTools(context.AnswerLanguage) : prompts.Tools(context.AnswerLanguage));
        }

        if (context.Chatbot.Settings.Persona.Length > 0)
        {
            text.Append("\n\n").Append(prompts.PersonaHeading(context.AnswerLanguage)).Append('\n').Append(context.Chatbot.Settings.Persona);
        }

        return text.ToString();
    }
}

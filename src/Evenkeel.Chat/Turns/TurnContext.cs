using System.Text;
using Evenkeel.Chat.Prompts;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Models;
using Evenkeel.Search;
using Evenkeel.Search.Catalogue;

namespace Evenkeel.Chat.Turns;

/// <summary>What the stages of one turn hand on to each other.</summary>
internal sealed class TurnContext(RunningTurn running)
{
    private ChatbotProfile? _chatbot;

    public RunningTurn Running { get; } = running;

    public Turn Turn => Running.Turn;

    /// <summary>Who answers; known before the first stage.</summary>
    public ChatbotProfile Chatbot
    {
        get => _chatbot ?? throw new InvalidOperationException("The chatbot is not loaded yet.");
        set => _chatbot = value;
    }

    /// <summary>Earlier messages, oldest first, without replaced and failed ones.</summary>
    public IReadOnlyList<HistoryMessage> History { get; set; } = [];

    /// <summary>How the question is answered.</summary>
    public Route Route { get; set; } = Route.Documents;

    /// <summary>Language of the question, and so of the answer: <c>en</c> or <c>zh</c>.</summary>
    public string AnswerLanguage { get; set; } = "en";

    /// <summary>The question as searched: a short follow-up carries the words of the question before it.</summary>
    public string SearchText { get; set; } = running.Turn.Question;

    public IReadOnlyList<PassageHit> Hits { get; set; } = [];

    /// <summary>Documents or events were looked up, whatever was found.</summary>
    public bool WasSearched { get; set; }

    /// <summary>What the question says of places and dates; null where there is no catalogue.</summary>
    public UnderstoodQuestion? Understood { get; set; }

    /// <summary>What the person is to be told besides, in the answer's language: a place that is not known, and the like.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    /// <summary>Events offered, by their id: each is one of <see cref="Hits"/> too.</summary>
    public Dictionary<Guid, FoundEvent> Events { get; } = [];

    /// <summary>Writes what the model gets, also when it has found more.</summary>
    public TurnPrompt? Prompt { get; set; }

    /// <summary>What the model gets.</summary>
    public ChatModelRequest? Request { get; set; }

    /// <summary>The answer so far.</summary>
    public StringBuilder Answer { get; } = new();

    public string ModelName { get; set; } = "";

    /// <summary>When the first piece of the answer that stayed came.</summary>
    public DateTimeOffset? FirstTokenAt { get; set; }

    public ChatModelUsage? Usage { get; set; }

    /// <summary>What is stored with the answer.</summary>
    public MessageMeta Meta { get; set; } = new();
}

/// <summary>An earlier message as prompts use it.</summary>
/// <param name="Id">The message.</param>
/// <param name="IsUser">Written by the person.</param>
/// <param name="Text">Its text.</param>
internal sealed record HistoryMessage(Guid Id, bool IsUser, string Text);

/// <summary>What answers a question: any of these together, or none.</summary>
[Flags]
internal enum Route
{
    /// <summary>Greetings, thanks, "who are you": nothing is looked up.</summary>
    SmallTalk = 0,

    /// <summary>The chatbot's documents.</summary>
    Documents = 1,

    /// <summary>The organization's events.</summary>
    Catalogue = 2,
}

/// <summary>Routes as messages and events name them.</summary>
internal static class Routes
{
    /// <summary>As in <see cref="MessageMeta.Route"/>.</summary>
    public static string Name(Route route) => route switch
    {
        Route.SmallTalk => "small_talk",
        Route.Documents => "documents",
        Route.Catalogue => "catalogue",
        _ => "documents_and_catalogue",
    };
}

using Evenkeel.Chat.Turns;
using Evenkeel.Models;

namespace Evenkeel.Chat.Agents;

/// <summary>The tool by which a model searches the catalogue.</summary>
internal static class EventTool
{
    public const string Name = "search_events";

    /// <summary>As models are told of it.</summary>
    public static ChatTool Definition { get; } = new(
        Name, "Searches the calendar of events by what, where and when, in words, and returns events with numbers to cite.", SearchTool.Parameters);
}

/// <summary>What a turn's model may search with.</summary>
internal static class SearchTools
{
    /// <summary>The catalogue only where there is one; documents not where somebody asks about given events.</summary>
    public static ChatTool[] For(TurnContext context) => (context.Understood is not null, context.Turn.OnlyEvents is not null) switch
    {
        (false, _) => [SearchTool.Definition],
        (true, true) => [EventTool.Definition],
        (true, false) => [SearchTool.Definition, EventTool.Definition],
    };
}

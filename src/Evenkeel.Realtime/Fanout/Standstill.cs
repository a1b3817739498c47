using Evenkeel.Contracts.Frames;

namespace Evenkeel.Realtime.Fanout;

/// <summary>What clients are told when no worker has taken a turn for 30 s: the indicator ends, the message stays and is answered later.</summary>
internal static class Standstill
{
    private const string English = "Nobody can answer at the moment. Your message is kept and will be answered as soon as that is possible again.";
    private const string Chinese = "目前暂时无法回答。您的消息已保存，恢复后会自动回答。";

    /// <summary>The end of the indicator, with the reason.</summary>
    public static ChatStatusFrame Idle(StoredTurn turn) => new()
    {
        Event = StatusEvent.Idle,
        TurnId = turn.Id,
        UserMessage = turn.Language == "zh" ? Chinese : English,
        Cid = turn.CorrelationId,
    };
}

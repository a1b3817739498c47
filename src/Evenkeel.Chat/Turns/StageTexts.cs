using System.Collections.Frozen;
using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Chat.Turns;

/// <summary>Friendly texts of the timeline, in both languages.</summary>
internal static class StageTexts
{
    private static readonly FrozenDictionary<string, Texts> ByType = new Dictionary<string, Texts>(StringComparer.Ordinal)
    {
        [TimelineEventType.MessageReceived] = new("📥", "Message received", "已收到消息"),
        [TimelineEventType.Moderation] = new("🛡️", "Checking the message", "正在检查消息"),
        [TimelineEventType.LoadingHistory] = new("📖", "Reading the conversation", "正在阅读对话"),
        [TimelineEventType.AgentThinking] = new("🤔", "Understanding the question", "正在理解问题"),
        [TimelineEventType.ToolSearchDocuments] = new("🔎", "Searching the documents", "正在检索文档"),
        [TimelineEventType.ToolSearchEvents] = new("📅", "Searching the events", "正在检索活动"),
        [TimelineEventType.ContextComposition] = new("🧩", "Putting the facts together", "正在整理资料"),
        [TimelineEventType.ResponseGeneration] = new("✍️", "Writing the answer", "正在撰写回答"),
        [TimelineEventType.ModelRetry] = new("🔁", "The model did not answer; trying again", "模型未响应，正在重试"),
        [TimelineEventType.ModelFallback] = new("🛟", "Another model takes over", "已改用其他模型"),
        [TimelineEventType.AnswerEvaluation] = new("📏", "Checking the answer against its sources", "正在对照出处检查回答"),
        [TimelineEventType.SavingMessage] = new("💾", "Saving the answer", "正在保存回答"),
        [TimelineEventType.TurnTakenOver] = new("🔄", "Continuing after an interruption", "中断后继续处理"),
        [TimelineEventType.BreakerOpened] = new("⏸️", "Conversation paused after repeated failures", "多次失败，对话已暂停"),
        [TimelineEventType.BreakerClosed] = new("▶️", "Conversation works again", "对话已恢复"),
        [TimelineEventType.TurnEnded] = new("🏁", "Done", "已完成"),
        [TimelineEventType.Error] = new("⚠️", "Something went wrong", "出现问题"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text for an event of <paramref name="type"/> in <paramref name="language"/>.</summary>
    public static string Of(string type, string status, string language)
    {
        var texts = ByType[type];
        var chinese = language == "zh";
        var text = chinese ? texts.Chinese : texts.English;
        return status switch
        {
            // Refused, which is not a failure of the check.
            TimelineEventStatus.Failed when type == TimelineEventType.Moderation => chinese ? "🛡️ 消息未通过检查" : "🛡️ The message was not let through",
            TimelineEventStatus.Failed when type == TimelineEventType.TurnEnded => chinese ? "🏁 以错误结束" : "🏁 Ended with an error",
            TimelineEventStatus.Failed when type != TimelineEventType.Error => $"⚠️ {text}{(chinese ? "失败" : " failed")}",
            _ => $"{texts.Emoji} {text}",
        };
    }

    private sealed record Texts(string Emoji, string English, string Chinese);
}

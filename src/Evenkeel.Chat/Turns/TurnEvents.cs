using Evenkeel.Contracts.Timeline;
using Evenkeel.Timeline;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Chat.Turns;

/// <summary>The types of events that a turn records, and what is said of its answer.</summary>
internal static class TurnEvents
{
    private static readonly TimelineEventDefinition[] All =
    [
        new(TimelineEventType.MessageReceived, "📥", "Message received", "已收到消息"),
        new(TimelineEventType.Moderation, "🛡️", "Checking the message", "正在检查消息")
        {
            // Refused, which is not a failure of the check.
            EnglishFailed = "🛡️ The message was not let through",
            ChineseFailed = "🛡️ 消息未通过检查",
        },
        new(TimelineEventType.LoadingHistory, "📖", "Reading the conversation", "正在阅读对话"),
        new(TimelineEventType.AgentThinking, "🤔", "Understanding the question", "正在理解问题"),
        new(TimelineEventType.ToolSearchDocuments, "🔎", "Searching the documents", "正在检索文档"),
        new(TimelineEventType.ToolSearchEvents, "📅", "Searching the events", "正在检索活动"),
        new(TimelineEventType.ContextComposition, "🧩", "Putting the facts together", "正在整理资料"),
        new(TimelineEventType.ResponseGeneration, "✍️", "Writing the answer", "正在撰写回答"),
        new(TimelineEventType.ModelRetry, "🔁", "The model did not answer; trying again", "模型未响应，正在重试"),
        new(TimelineEventType.ModelFallback, "🛟", "Another model takes over", "已改用其他模型"),
        new(TimelineEventType.AnswerEvaluation, "📏", "Checking the answer against its sources", "正在对照出处检查回答"),
        new(TimelineEventType.SavingMessage, "💾", "Saving the answer", "正在保存回答"),
        new(TimelineEventType.TurnTakenOver, "🔄", "Continuing after an interruption", "中断后继续处理"),
        new(TimelineEventType.BreakerOpened, "⏸️", "Conversation paused after repeated failures", "多次失败，对话已暂停"),
        new(TimelineEventType.BreakerClosed, "▶️", "Conversation works again", "对话已恢复"),
        new(TimelineEventType.Error, "⚠️", "Something went wrong", "出现问题")
        {
            EnglishFailed = "⚠️ Something went wrong",
            ChineseFailed = "⚠️ 出现问题",
        },
        // What people see of it are the answer and, when it failed, the error.
        new(TimelineEventType.TurnEnded, "🏁", "The turn has ended", "本轮已结束")
        {
            EnglishFailed = "🏁 The turn has ended with an error",
            ChineseFailed = "🏁 本轮因错误结束",
            Privacy = PrivacyClass.Operational,
        },
        new(TimelineEventType.FeedbackGiven, "🗳️", "Feedback on the answer received", "已收到对回答的反馈"),
    ];

    /// <summary>Declares them.</summary>
    public static void AddTurnEvents(this IServiceCollection services)
    {
        foreach (var definition in All)
        {
            services.AddSingleton(definition);
        }
    }
}

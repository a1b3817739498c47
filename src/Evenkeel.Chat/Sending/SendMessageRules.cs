using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;

namespace Evenkeel.Chat.Sending;

/// <summary>What a message must look like.</summary>
internal static class SendMessageRules
{
    /// <summary>The refusal, or null when the request may be stored.</summary>
    public static Error? Check(SendMessageRequest request)
    {
        FieldProblem? locale = request.Locale is { } tag && RequestLanguage.Supported(tag) is null
            ? new FieldProblem("locale", "Use en or zh.", "请使用 en 或 zh。")
            : null;
        return TextRules.Refusal(
            TextRules.Required("message", request.Message, ChatOptions.LongestMessage),
            TextRules.Optional("client_message_id", request.ClientMessageId, ChatOptions.LongestClientMessageId),
            locale,
            NoCatalogue("search_handle", request.SearchHandle),
            NoCatalogue("candidate_event_ids", request.CandidateEventIds));
    }

    private static FieldProblem? NoCatalogue(string field, object? value) =>
        value is null ? null : new FieldProblem(field, "This server has no catalogue.", "此服务器没有目录功能。");
}

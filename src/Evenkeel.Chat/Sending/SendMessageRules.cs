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
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(TextField.Block(problems, "message", request.Message, ChatOptions.LongestMessage)))
        {
            problems.Add(FieldProblem.Required("message"));
        }

        if (TextField.Line(problems, "client_message_id", request.ClientMessageId, ChatOptions.LongestClientMessageId) is { Length: 0 })
        {
            problems.Add(FieldProblem.Required("client_message_id"));
        }

        if (request.Locale is { } locale && RequestLanguage.Supported(locale) is null)
        {
            problems.Add(new FieldProblem("locale", "Use en or zh.", "请使用 en 或 zh。"));
        }

        RefuseCatalogue(problems, "search_handle", request.SearchHandle);
        RefuseCatalogue(problems, "candidate_event_ids", request.CandidateEventIds);
        return problems.Count == 0 ? null : Error.Invalid(problems);
    }

    // Ignoring these would answer from more than the client asked for.
    private static void RefuseCatalogue(List<FieldProblem> problems, string field, object? value)
    {
        if (value is not null)
        {
            problems.Add(new FieldProblem(field, "This server has no catalogue.", "此服务器没有目录功能。"));
        }
    }
}

using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using NodaTime;

namespace Evenkeel.Chat.Sending;

/// <summary>What a message must look like.</summary>
internal static class SendMessageRules
{
    private const int MostEvents = 1_000;
    private const int LongestHandle = 100;

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

        CheckRestriction(problems, request);
        if (request.TimeZone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            problems.Add(new FieldProblem("time_zone", "Use a name such as Europe/Berlin.", "请使用 Europe/Berlin 这样的时区名称。"));
        }

        return problems.Count == 0 ? null : Error.Invalid(problems);
    }

    private static void CheckRestriction(List<FieldProblem> problems, SendMessageRequest request)
    {
        if (request is { SearchHandle: not null, CandidateEventIds: not null })
        {
            problems.Add(new FieldProblem("candidate_event_ids", "Give these or a search handle, not both.", "请只提供活动编号或搜索句柄之一。"));
        }

        if (request.CandidateEventIds is { Count: 0 or > MostEvents })
        {
            problems.Add(new FieldProblem("candidate_event_ids", $"Give 1 to {MostEvents} events.", $"请提供 1 到 {MostEvents} 个活动。"));
        }

        if (TextField.Line(problems, "search_handle", request.SearchHandle, LongestHandle) is { Length: 0 })
        {
            problems.Add(FieldProblem.Required("search_handle"));
        }
    }
}

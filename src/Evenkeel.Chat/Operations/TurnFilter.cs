using Evenkeel.Chat.Feedback;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Chat.Operations;

/// <summary>Which turns: one condition for the list, the preview of a bulk operation and the operation itself.</summary>
internal static class TurnFilter
{
    private const int LongestCode = 64;
    private const int LongestModel = 200;

    private static readonly string[] Statuses = [TurnStatus.Queued, TurnStatus.Running, TurnStatus.Succeeded, TurnStatus.Failed, TurnStatus.Cancelled];

    /// <summary>The condition on <c>turns t</c>, with the parameters of <see cref="Args"/>.</summary>
    public const string Condition =
        $"""
        (cardinality(@Statuses) = 0 OR t.status = ANY (@Statuses))
        AND (@ErrorCode::text IS NULL OR coalesce(t.error_code, '-') = @ErrorCode)
        AND (@Model::text IS NULL OR coalesce(t.model, '-') = @Model)
        AND (@ChatbotId::uuid IS NULL OR t.chatbot_id = @ChatbotId)
        AND (@ThreadId::uuid IS NULL OR t.id IN (SELECT turn_id FROM messages WHERE conversation_id = @ThreadId))
        AND (@CorrelationId::uuid IS NULL OR t.correlation_id = @CorrelationId)
        AND (@Feedback::text IS NULL OR {FeedbackOfTurns.Condition})
        AND (@From::timestamptz IS NULL OR t.queued_at >= @From) AND (@To::timestamptz IS NULL OR t.queued_at < @To)
        AND (@EndedFrom::timestamptz IS NULL OR t.ended_at IS NULL OR t.ended_at >= @EndedFrom) AND (@EndedTo::timestamptz IS NULL OR t.ended_at < @EndedTo)
        """;

    /// <summary>What is not right about <paramref name="filter"/>.</summary>
    public static IReadOnlyList<FieldProblem> Problems(BulkFilter filter)
    {
        var problems = new List<FieldProblem>();
        if (filter.Status?.Except(Statuses, StringComparer.Ordinal).Any() == true)
        {
            problems.Add(new FieldProblem("status", $"One of {string.Join(", ", Statuses)}.", $"可用的值：{string.Join("、", Statuses)}。"));
        }

        if (filter.Feedback is not (null or FeedbackValue.Up or FeedbackValue.Down or FeedbackOfTurns.Any))
        {
            problems.Add(new FieldProblem("feedback", "One of up, down, any.", "可用的值：up、down、any。"));
        }

        TextField.Line(problems, "error_code", filter.ErrorCode, LongestCode);
        TextField.Line(problems, "model", filter.Model, LongestModel);
        if (filter.From >= filter.To)
        {
            problems.Add(new FieldProblem("to", "It has to be later than 'from'.", "必须晚于 from。"));
        }

        if (filter.EndedFrom >= filter.EndedTo)
        {
            problems.Add(new FieldProblem("ended_to", "It has to be later than 'ended_from'.", "必须晚于 ended_from。"));
        }

        return problems;
    }

    /// <summary>The parameters of <see cref="Condition"/>.</summary>
    public static object Args(BulkFilter filter) => new
    {
        Statuses = filter.Status?.ToArray() ?? [],
        filter.ErrorCode,
        filter.Model,
        filter.ChatbotId,
        filter.ThreadId,
        filter.CorrelationId,
        filter.Feedback,
        From = filter.From?.UtcDateTime,
        To = filter.To?.UtcDateTime,
        EndedFrom = filter.EndedFrom?.UtcDateTime,
        EndedTo = filter.EndedTo?.UtcDateTime,
    };
}

/// <summary>The filter as a query string gives it.</summary>
/// <param name="Status">Statuses, repeated or separated by commas; absent = all.</param>
/// <param name="ErrorCode">An error code; <c>-</c> = none.</param>
/// <param name="Model">The model that answered; <c>-</c> = none did.</param>
/// <param name="ChatbotId">A chatbot.</param>
/// <param name="ThreadId">A conversation.</param>
/// <param name="CorrelationId">The support code that a person was shown.</param>
/// <param name="Feedback">What was said of the answer: <c>up</c>, <c>down</c> or <c>any</c>.</param>
/// <param name="From">Sent at or after.</param>
/// <param name="To">Sent before.</param>
/// <param name="EndedFrom">Not ended before: with <paramref name="To"/>, what was open in a time.</param>
/// <param name="EndedTo">Ended before.</param>
internal sealed record TurnQuery(
    [FromQuery(Name = "status")] string[]? Status,
    [FromQuery(Name = "error_code")] string? ErrorCode,
    [FromQuery(Name = "model")] string? Model,
    [FromQuery(Name = "chatbot_id")] Guid? ChatbotId,
    [FromQuery(Name = "thread_id")] Guid? ThreadId,
    [FromQuery(Name = "correlation_id")] Guid? CorrelationId,
    [FromQuery(Name = "feedback")] string? Feedback,
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "ended_from")] DateTimeOffset? EndedFrom,
    [FromQuery(Name = "ended_to")] DateTimeOffset? EndedTo)
{
    /// <summary>As a bulk operation gives it.</summary>
    public BulkFilter ToFilter() => new()
    {
        Status = [.. (Status ?? []).SelectMany(one => one.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        ErrorCode = ErrorCode,
        Model = Model,
        ChatbotId = ChatbotId,
        ThreadId = ThreadId,
        CorrelationId = CorrelationId,
        Feedback = Feedback,
        From = From,
        To = To,
        EndedFrom = EndedFrom,
        EndedTo = EndedTo,
    };
}

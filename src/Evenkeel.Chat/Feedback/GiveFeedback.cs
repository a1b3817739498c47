using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Chat.Threads;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline;

namespace Evenkeel.Chat.Feedback;

/// <summary>What somebody says of an answer.</summary>
/// <param name="Caller">Who.</param>
/// <param name="MessageId">Of what.</param>
/// <param name="Request">What.</param>
/// <param name="CorrelationId">Of the request.</param>
internal sealed record GivenFeedback(Caller Caller, Guid MessageId, FeedbackRequest Request, Guid CorrelationId);

/// <summary>
/// A person says whether an answer helped, or takes it back. It stands in the answer's meta, where every reader finds it; the last one counts. The
/// timeline learns the value, once for each change of it, and never the comment.
/// </summary>
internal sealed class GiveFeedback(Database database, ITimeline timeline, FeedbackLimits limits, TimeProvider time)
{
    // Locked first, so that of many requests at once each sees what the one before it said: two of a kind are one change. The message comes back as it
    // was before. When it was given and changed stands with it, for FeedbackOfTurns.
    private const string Store =
        $"""
        WITH message AS (
            SELECT messages.*, messages.meta -> 'feedback' AS before FROM messages JOIN conversations ON conversations.id = messages.conversation_id
            WHERE messages.id = @MessageId AND conversations.user_id = @UserId AND conversations.deleted_at IS NULL
            FOR UPDATE OF messages
        ), changed AS (
            UPDATE messages
            SET meta = CASE WHEN @feedback::jsonb IS NULL THEN messages.meta - 'feedback'
                            WHEN before - ARRAY['given_at', 'changed_at'] = @feedback::jsonb THEN messages.meta
                            ELSE coalesce(messages.meta, jsonb_build_object()) || jsonb_build_object('feedback', @feedback::jsonb || jsonb_strip_nulls(jsonb_build_object(
                                'given_at', coalesce(before -> 'given_at', @now::jsonb), 'changed_at', CASE WHEN before IS NOT NULL THEN @now::jsonb END))) END
            FROM message WHERE messages.id = message.id AND message.role = 'assistant' AND message.status <> 'failed'
        )
        SELECT {MessageRow.Columns}, conversation_id FROM message
        """;

    /// <summary>Stores it.</summary>
    /// <returns>The message as it is now.</returns>
    public async Task<Result<Message>> HandleAsync(GivenFeedback given, CancellationToken cancellationToken)
    {
        if (!Read(given.Request).TryGet(out var read, out var error))
        {
            return error;
        }

        if (limits.Refuse(given.Caller.UserId) is { } refused)
        {
            return refused;
        }

        if (await StoreAsync(given, read.Feedback, cancellationToken) is not { } row)
        {
            return Error.NotFound;
        }

        if (row.Role != "assistant" || row.Status == MessageStatus.Failed)
        {
            return NoAnswer;
        }

        var before = row.ToMessage();
        if (read.Feedback is { } feedback && feedback.Value != before.Meta?.Feedback?.Value)
        {
            timeline.Record(Event(given, row, feedback.Value));
        }

        return before with { Meta = (before.Meta ?? new MessageMeta()) with { Feedback = read.Feedback } };
    }

    private Task<Row?> StoreAsync(GivenFeedback given, MessageFeedback? feedback, CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<Row>(
        DataScope.Organization(given.Caller.OrganizationId),
        Store,
        new
        {
            given.MessageId,
            given.Caller.UserId,
            feedback = feedback is null ? null : JsonSerializer.Serialize(feedback, Wire.Json),
            now = JsonSerializer.Serialize(time.GetUtcNow(), Wire.Json),
        },
        cancellationToken);

    private static Result<ReadFeedback> Read(FeedbackRequest request)
    {
        var problems = new List<FieldProblem>();
        if (request.Value is not (null or FeedbackValue.Up or FeedbackValue.Down))
        {
            problems.Add(new FieldProblem("value", "up, down or null.", "取值为 up、down 或 null。"));
        }

        var comment = TextField.Block(problems, "comment", request.Comment?.Trim(), ChatOptions.LongestComment);
        if (request.Value is null && !string.IsNullOrEmpty(comment))
        {
            problems.Add(new FieldProblem("comment", "A comment goes with up or down.", "评论须与 up 或 down 一起提交。"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        return new ReadFeedback(request.Value is { } value ? new MessageFeedback { Value = value, Comment = string.IsNullOrEmpty(comment) ? null : comment } : null);
    }

    private TimelineEntry Event(GivenFeedback given, Row row, string value) => new()
    {
        OrganizationId = given.Caller.OrganizationId,
        SessionId = row.ConversationId,
        MessageId = row.Id,
        TurnId = row.TurnId,
        EventType = TimelineEventType.FeedbackGiven,
        EventStatus = TimelineEventStatus.Completed,
        Timestamp = time.GetUtcNow(),
        CorrelationId = given.CorrelationId,
        Data = EventData.Of(new { value }),
    };

    private static Error NoAnswer =>
        Error.Invalid(new FieldProblem("id", "Only an answer can get feedback, not a question and not a failure.", "只能对回答提交反馈，不能对提问或失败的回答提交反馈。"));

    private sealed record Row : MessageRow
    {
        public required Guid ConversationId { get; init; }
    }

    /// <param name="Feedback">Null = taken back.</param>
    private sealed record ReadFeedback(MessageFeedback? Feedback);
}

using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline;
using Npgsql;

namespace Evenkeel.Chat.Sending;

/// <summary>The thread that a message begins.</summary>
/// <param name="ChatbotId">Who answers in it.</param>
/// <param name="Title">From the message.</param>
internal sealed record NewThread(Guid ChatbotId, string Title);

/// <summary>The ids and values of a message and its turn before they are stored.</summary>
internal sealed class NewTurn(IncomingMessage incoming, IdSource ids, Guid threadId, DateTimeOffset now)
{
    private readonly Guid _messageId = ids.Next();

    public Guid TurnId { get; } = ids.Next();

    public IncomingMessage Incoming { get; } = incoming;

    /// <summary>Null: the message goes on in a thread.</summary>
    public NewThread? Begins { get; init; }

    /// <summary>The parameters of the storing statement, new ones for each try.</summary>
    public NpgsqlParameter[] Parameters(int openTurnsAllowed, long creditsHeld) =>
    [
        Sql.Value(threadId), Sql.Value(Incoming.Caller.OrganizationId), Sql.Value(Incoming.Caller.UserId), Sql.Value(_messageId), Sql.Value(TurnId),
        Sql.Value(Incoming.Request.Message!), Sql.Text(Incoming.Request.ClientMessageId), Sql.Value(Incoming.CorrelationId),
        Sql.Value(Incoming.Language), Sql.Time(now), Sql.Value(openTurnsAllowed), Sql.Value("user"),
        Sql.Text(Incoming.Forced?.ToString()), Sql.Value(creditsHeld), Sql.Uuid(Begins?.ChatbotId), Sql.Text(Begins?.Title),
    ];

    /// <summary>What the sender is told.</summary>
    public AcceptedMessage Accepted(long seq, int ahead) =>
        new() { ThreadId = threadId, MessageId = _messageId, TurnId = TurnId, Seq = seq, Ahead = ahead, CorrelationId = Incoming.CorrelationId };

    /// <summary>The stored message.</summary>
    public Message ToMessage(long seq) => new()
    {
        Seq = seq,
        Id = _messageId,
        Role = "user",
        Text = Incoming.Request.Message!,
        Status = MessageStatus.Complete,
        TurnId = TurnId,
        CreatedAt = now,
        ClientMessageId = Incoming.Request.ClientMessageId,
    };

    /// <summary>The first event of the turn.</summary>
    public TimelineEntry Received() => new()
    {
        OrganizationId = Incoming.Caller.OrganizationId,
        SessionId = threadId,
        MessageId = _messageId,
        TurnId = TurnId,
        EventType = TimelineEventType.MessageReceived,
        EventStatus = TimelineEventStatus.Completed,
        DataJson = $$"""{"characters":{{Incoming.Request.Message!.Length}}}""",
        UserMessage = StageTexts.Of(TimelineEventType.MessageReceived, TimelineEventStatus.Completed, Incoming.Language),
        Timestamp = now,
        CorrelationId = Incoming.CorrelationId,
        Attempt = 0,
    };
}

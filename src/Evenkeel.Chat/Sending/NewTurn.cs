using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Platform.Tracing;
using Npgsql;

namespace Evenkeel.Chat.Sending;

/// <summary>The thread that a message begins.</summary>
/// <param name="ChatbotId">Who answers in it.</param>
/// <param name="Title">From the message.</param>
internal sealed record NewThread(Guid ChatbotId, string Title);

/// <summary>A message on its way in, and its turn.</summary>
internal sealed record NewTurn : TurnToStore
{
    public required IncomingMessage Incoming { get; init; }

    /// <summary>Null: the message goes on in a thread.</summary>
    public NewThread? Begins { get; init; }

    /// <summary>Events that may be looked at; null = all.</summary>
    public IReadOnlyList<Guid>? OnlyEvents { get; init; }

    /// <summary>The ids and values of <paramref name="incoming"/> before it is stored.</summary>
    public static NewTurn Of(IncomingMessage incoming, Guid threadId, IdSource ids, TimeProvider time) => new()
    {
        Incoming = incoming,
        Caller = incoming.Caller,
        MessageId = ids.Next(),
        TurnId = ids.Next(),
        ThreadId = threadId,
        Question = incoming.Request.Message!,
        CorrelationId = incoming.CorrelationId,
        Language = incoming.Language,
        Now = time.GetUtcNow(),
    };

    /// <summary>The parameters of the storing statement, new ones for each try.</summary>
    public NpgsqlParameter[] Parameters(int openTurnsAllowed, long creditsHeld) =>
    [
        Sql.Value(ThreadId), Sql.Value(Caller.OrganizationId), Sql.Value(Caller.UserId), Sql.Value(MessageId), Sql.Value(TurnId),
        Sql.Value(Question), Sql.Text(Incoming.Request.ClientMessageId), Sql.Value(CorrelationId),
        Sql.Value(Language), Sql.Time(Now), Sql.Value(openTurnsAllowed), Sql.Value("user"),
        Sql.Text(Incoming.Forced?.ToString()), Sql.Value(creditsHeld), Sql.Uuid(Begins?.ChatbotId), Sql.Text(Begins?.Title),
        Sql.Uuids(OnlyEvents), Sql.Value(Incoming.Request.TimeZone ?? Turns.Turn.NoTimeZone), Sql.Text(Spans.Traceparent),
    ];

    /// <summary>The stored message.</summary>
    public Message ToMessage(long seq) => new()
    {
        Seq = seq,
        Id = MessageId,
        Role = "user",
        Text = Question,
        Status = MessageStatus.Complete,
        TurnId = TurnId,
        CreatedAt = Now,
        ClientMessageId = Incoming.Request.ClientMessageId,
    };
}

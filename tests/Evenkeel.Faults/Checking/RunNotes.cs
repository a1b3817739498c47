using System.Collections.Concurrent;
using Evenkeel.Contracts.Chats;

namespace Evenkeel.Faults.Checking;

/// <summary>A message that somebody sent, and every answer that said it was accepted.</summary>
public sealed record SentMessage
{
    public required Guid PersonId { get; init; }
    public required string Text { get; init; }
    public required string ClientMessageId { get; init; }

    /// <summary>Empty when nobody ever said so; then it may be stored or not.</summary>
    public ConcurrentBag<SendMessageResponse> Accepted { get; init; } = [];
}

/// <summary>An answer that was asked for again, and accepted.</summary>
/// <param name="TurnId">The new turn.</param>
/// <param name="Answer">The answer it replaces.</param>
public sealed record AskedAgain(Guid TurnId, Guid Answer);

/// <summary>What clients did and were told in one run.</summary>
public sealed class RunNotes
{
    private readonly ConcurrentQueue<SentMessage> _sent = new();
    private readonly ConcurrentQueue<AskedAgain> _askedAgain = new();
    private readonly ConcurrentQueue<StopTurnResponse> _stops = new();

    public IReadOnlyList<SentMessage> Sent => [.. _sent];

    public IReadOnlyList<AskedAgain> AskedAgain => [.. _askedAgain];

    public IReadOnlyList<StopTurnResponse> Stops => [.. _stops];

    public void Add(SentMessage message) => _sent.Enqueue(message);

    public void Add(AskedAgain again) => _askedAgain.Enqueue(again);

    public void Add(StopTurnResponse stop) => _stops.Enqueue(stop);
}

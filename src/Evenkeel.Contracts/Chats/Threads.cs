namespace Evenkeel.Contracts.Chats;

/// <summary>A conversation.</summary>
public sealed record ChatThread
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required Guid ChatbotId { get; init; }
    public required long LastSeq { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The turn that waits or runs, if any.</summary>
    public Guid? RunningTurnId { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A page of messages, ascending by <c>seq</c>.</summary>
public sealed record MessagePage
{
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>Give it as <c>before_seq</c> for older messages; null at the beginning of the thread.</summary>
    public long? NextBeforeSeq { get; init; }

    /// <summary>The newest <c>seq</c> of the thread when this page was read: resume from it.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The turn that waits or runs, if any.</summary>
    public Guid? RunningTurnId { get; init; }
}

/// <summary>Body of <c>PATCH /api/v1/threads/{id}</c>.</summary>
public sealed record UpdateThreadRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? Title { get; init; }
}

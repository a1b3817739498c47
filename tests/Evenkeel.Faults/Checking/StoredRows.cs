namespace Evenkeel.Faults.Checking;

/// <summary>A conversation as it is stored.</summary>
public sealed record StoredConversation(Guid Id, long LastSeq);

/// <summary>A message as it is stored.</summary>
public sealed record StoredMessage
{
    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }
    public required long Seq { get; init; }
    public required Guid TurnId { get; init; }
    public required string Role { get; init; }
    public required string Status { get; init; }
    public required string Text { get; init; }
    public string? ClientMessageId { get; init; }

    /// <summary>PostgreSQL's own record of when the writing transaction committed.</summary>
    public DateTime? CommittedAt { get; init; }
}

/// <summary>A turn as it is stored.</summary>
public sealed record StoredTurn
{
    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid UserId { get; init; }
    public required Guid MessageId { get; init; }
    public required long Position { get; init; }
    public required string Status { get; init; }
    public Guid? Replaces { get; init; }
    public string? ClientMessageId { get; init; }
}

/// <summary>An entry of the credit ledger.</summary>
public sealed record LedgerEntry(Guid TurnId, string Kind, long Amount, long? Price);

/// <summary>An organization's running totals, beside what its ledger adds up to.</summary>
public sealed record CreditAccount(Guid OrganizationId, long Balance, long Held, long LedgerSum);

/// <summary>What a screen shows in the end, beside what a fresh load shows.</summary>
public sealed record ShownConversation(string Screen, string Shown, string Fresh, IReadOnlyList<string> Problems);

/// <summary>Everything about one run that safety is judged by.</summary>
public sealed record RunHistory
{
    public required RunNotes Notes { get; init; }
    public required IReadOnlyList<StoredConversation> Conversations { get; init; }
    public required IReadOnlyList<StoredMessage> Messages { get; init; }
    public required IReadOnlyList<StoredTurn> Turns { get; init; }

    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>Of the organizations whose people talked.</summary>
    public required IReadOnlyList<CreditAccount> Accounts { get; init; }

    public IReadOnlyList<ShownConversation> Screens { get; init; } = [];

    /// <summary>By the text of a question: every whole answer that the model may have given.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Detail">Where.</param>
public sealed record Violation(string Rule, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Detail}";
}

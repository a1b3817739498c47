namespace Evenkeel.Timeline.Webhooks;

/// <summary>Where to send, and how to sign.</summary>
internal sealed record WebhookTarget
{
    public const string Columns =
        "id, organization_id, url, event_types, secret, previous_secret, previous_secret_until, failures, failing_since, next_try_at, last_delivered_at";

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Url { get; init; }
    public required string[] EventTypes { get; init; }
    public required byte[] Secret { get; init; }
    public byte[]? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Failed tries in a row.</summary>
    public required int Failures { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Something waits for it.</summary>
    public bool IsDue { get; init; }

    public IEnumerable<byte[]> Secrets(DateTimeOffset now) => PreviousSecret is { } previous && PreviousSecretUntil > now ? [Secret, previous] : [Secret];

    public bool Wants(string eventType) => EventTypes.Length == 0 || EventTypes.Contains(eventType);
}

/// <summary>Events of one session that go out together.</summary>
internal sealed record WebhookBatch
{
    public required Guid BatchId { get; init; }
    public required Guid SessionId { get; init; }
    public required long FromSeq { get; init; }
    public required long BatchToSeq { get; init; }

    /// <summary>With this one.</summary>
    public required int Tries { get; init; }
}

namespace Evenkeel.Contracts.Operations;

/// <summary>What an API key may do.</summary>
public static class ApiScope
{
    /// <summary>Read every session's events, by REST and live.</summary>
    public const string EventsRead = "events:read";

    /// <summary>Record custom events.</summary>
    public const string EventsWrite = "events:write";

    /// <summary>Read analytics, alerts, turns and the queue.</summary>
    public const string OperationsRead = "operations:read";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [EventsRead, EventsWrite, OperationsRead];
}

/// <summary>A key for programs, sent as <c>X-API-Key</c>.</summary>
public sealed record ApiKey
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Its first characters, to recognize it by.</summary>
    public required string Prefix { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A new key.</summary>
public sealed record CreateApiKeyRequest
{
    public string? Name { get; init; }
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Absent = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Key">How it is listed from now on.</param>
/// <param name="Secret">The key itself: shown this once, stored as a hash only.</param>
public sealed record CreatedApiKey(ApiKey Key, string Secret);

/// <summary>Where events are sent to.</summary>
public sealed record EventWebhook
{
    public required Guid Id { get; init; }
    public required string Url { get; init; }

    /// <summary>Event types; empty = all.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }
    public required bool IsEnabled { get; init; }

    /// <summary>Why it was switched off by itself: <c>gone</c> (the receiver answered 410) or <c>failing</c> (nothing was taken for three days).</summary>
    public string? DisabledReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Events that wait.</summary>
    public required long Waiting { get; init; }
    public DateTimeOffset? LastDeliveredAt { get; init; }
}

/// <summary>A webhook to be made or changed.</summary>
public sealed record EventWebhookRequest
{
    public string? Url { get; init; }
    public IReadOnlyList<string>? EventTypes { get; init; }
    public bool? IsEnabled { get; init; }
}

/// <param name="Webhook">How it is listed.</param>
/// <param name="Secret">Signs the deliveries: shown this once.</param>
public sealed record CreatedEventWebhook(EventWebhook Webhook, string Secret);

/// <summary>One try of sending a batch of events.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The same in every try of the batch: the header <c>webhook-id</c>.</summary>
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required long FromSeq { get; init; }
    public required long ToSeq { get; init; }

    /// <summary><c>waiting</c>, <c>delivered</c> or <c>failed</c> (given up).</summary>
    public required string Status { get; init; }
    public required int Tries { get; init; }
    public int? HttpStatus { get; init; }
    public string? Error { get; init; }
    public double? DurationMs { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? NextTryAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>What a webhook gets, as JSON; signed as a whole.</summary>
/// <param name="Type"><c>timeline.events</c>, or <c>timeline.test</c> without data.</param>
/// <param name="Timestamp">Of the newest event.</param>
/// <param name="Data">The events.</param>
public sealed record WebhookPayload(string Type, DateTimeOffset Timestamp, WebhookEvents? Data);

/// <param name="SessionId">The thread.</param>
/// <param name="FromSeq">The batch tells of everything from here …</param>
/// <param name="ToSeq">… to here; what is missing is of types the webhook does not want, or was deleted.</param>
/// <param name="Events">Ascending, at most 100, as by REST, texts in English.</param>
public sealed record WebhookEvents(Guid SessionId, long FromSeq, long ToSeq, IReadOnlyList<Timeline.TimelineEvent> Events);

/// <summary>An event type to be registered or replaced.</summary>
public sealed record EventTypeRequest
{
    /// <summary>As in <see cref="EventTypeDescription.EventType"/>; in the path when it is replaced.</summary>
    public string? EventType { get; init; }

    /// <summary>Absent = 🔔.</summary>
    public string? Emoji { get; init; }
    public string? English { get; init; }

    /// <summary>Absent = the English one.</summary>
    public string? Chinese { get; init; }

    /// <summary>JSON schema (draft 2020-12) of <c>event_data</c>, of the type <c>object</c>. What it does not name is refused at every depth; references, combinations and patterns are not taken.</summary>
    public System.Text.Json.JsonElement? Schema { get; init; }

    /// <summary>Absent = <c>event</c>.</summary>
    public string? Retention { get; init; }

    /// <summary>Absent = <c>operational</c>.</summary>
    public string? Privacy { get; init; }
}

/// <param name="Items">In the order they were sent.</param>
public sealed record RecordEventsResponse(IReadOnlyList<RecordedEvent> Items);

/// <param name="Id">Of its row.</param>
/// <param name="Seq">Gap-free within the session.</param>
/// <param name="EventType">Its type.</param>
public sealed record RecordedEvent(Guid Id, long Seq, string EventType);

/// <summary>Send again what was recorded of a session.</summary>
public sealed record ReplayRequest
{
    public Guid? SessionId { get; init; }

    /// <summary>Events with a higher <c>seq</c>.</summary>
    public long? AfterSeq { get; init; }
}
